import { bodyLimits } from "./body/body-limits.ts";
import { chain, type Chain } from "./chain.ts";
import type { GatewayDeps } from "./deps.ts";
import type { Serialised } from "./exchange.ts";
import { assignRequestId } from "./handlers/assign-request-id.ts";
import { authenticate } from "./handlers/authenticate.ts";
import { authorise } from "./handlers/authorise.ts";
import { checkConstraints } from "./handlers/check-constraints.ts";
import { findOperation } from "./handlers/find-operation.ts";
import { identifyService } from "./handlers/identify-service.ts";
import { limitRequest } from "./handlers/limit-request.ts";
import { parseOperation } from "./handlers/parse-operation.ts";
import { runOperation } from "./handlers/run-operation.ts";
import { serialise } from "./handlers/serialise.ts";
import type { HostReader } from "./host/host-name.ts";
import { serviceDirectory } from "./identify/service-directory.ts";

/**
 * The life of a request to a service. The order has meaning: who cannot be believed learns nothing about parameters, and
 * who sent nonsense learns that before policies are asked, as AWS does.
 */
export function requestChain(deps: GatewayDeps, readHost: HostReader): Chain<Serialised> {
  const directory = serviceDirectory(deps.models.index);
  const limits = bodyLimits(deps.limits);
  const services = new Map(deps.services.map((service) => [service.id, service]));

  return chain()
    .next(assignRequestId(deps.ids, deps.clock))
    .next(limitRequest)
    .next(identifyService({ directory, readHost, limits }))
    .next(authenticate({ ...deps, limits }))
    .next(findOperation({ models: deps.models, services }))
    .next(parseOperation)
    .next(checkConstraints)
    .next(authorise(deps.authoriser))
    .next(runOperation)
    .next(serialise);
}
