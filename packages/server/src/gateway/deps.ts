import type { Logger } from "pino";
import type { Clock } from "../platform/clock/clock.ts";
import type { Ids } from "../platform/ids/ids.ts";
import type { AccessLog } from "../platform/log/access-log.ts";
import type { Scope } from "../platform/scope.ts";
import type { Authoriser, Credentials } from "../services/access.ts";
import type { Service } from "../services/operation.ts";
import type { BodyLimitsOptions } from "./body/body-limits.ts";
import type { LocalRoute } from "./local/local-route.ts";
import type { Metrics } from "./local/metrics.ts";
import type { ProxyDeps } from "./proxy/proxy-deps.ts";
import type { ServiceModels } from "./service-models.ts";

/** What the gateway stands on; wired in `main.ts`. */
export interface GatewayDeps {
  readonly models: ServiceModels;
  readonly services: readonly Service[];
  readonly credentials: Credentials;
  readonly authoriser: Authoriser;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly accessLog: AccessLog;
  readonly metrics: Metrics;
  /** Account of anonymous callers, and region of requests that name none. */
  readonly home: Scope;
  /** Our own addresses (`healthRoute`, `metricsRoutes` …). */
  readonly routes: readonly LocalRoute[];
  /** Names beside loopback ones under which `/_clary/` answers; undefined for any. Default: loopback names alone. */
  readonly hosts?: readonly string[] | undefined;
  readonly proxy: ProxyDeps;
  readonly limits?: BodyLimitsOptions;
}
