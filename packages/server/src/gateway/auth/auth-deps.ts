import type { Scope } from "../../platform/scope.ts";
import type { Credentials } from "../../services/access.ts";
import type { BodyLimits } from "../body/body-limits.ts";
import type { ServiceModels } from "../service-models.ts";

/** What authentication stands on. */
export interface AuthDeps {
  readonly credentials: Credentials;
  readonly models: ServiceModels;
  readonly limits: BodyLimits;
  /** Account of anonymous callers, and region of requests that name none. */
  readonly home: Scope;
}
