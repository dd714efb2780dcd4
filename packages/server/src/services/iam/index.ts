export { createIdentity, type Identity, type IdentityDeps } from "./access/create-identity.ts";
export {
  BootstrapError,
  bootstrapIdentity,
  type AccessKeyPair,
  type BootstrapDeps,
  type BootstrapOptions,
  type BootstrapResult,
} from "./bootstrap/bootstrap-identity.ts";
export { iamService } from "./service.ts";
