export { createIdentity, type Identity } from "./access/create-identity.ts";
export {
  BootstrapError,
  bootstrapIdentity,
  type BootstrapResult,
  type KeptIdentity,
} from "./bootstrap/bootstrap-identity.ts";
export { iamService } from "./service.ts";
