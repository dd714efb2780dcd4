export type { AssumableRole, AssumableRoles, Sessions, StsDeps } from "./deps.ts";
export { stsService } from "./service.ts";
