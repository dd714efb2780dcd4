import type { Clock } from "../../../../platform/clock/clock.ts";
import type { Scope } from "../../../../platform/scope.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { describeFailure } from "./describe-failure.ts";
import type { FleetDeps } from "./fleet-deps.ts";
import { VariantFleet } from "./variant-fleet.ts";

/** Thrown by `Fleet.start`; `message` is the endpoint's FailureReason. */
class FleetStartError extends Error {
  override readonly name = "FleetStartError";
}

/** How long the calls to a fleet that takes no new ones may still run: as long as any call may. */
const longestDrainMs = 60_000;

/** Everything that serves one deployment of one endpoint. */
export class Fleet {
  readonly variants: readonly VariantFleet[];
  readonly #clock: Clock;

  constructor(endpoint: { readonly name: string; readonly scope: Scope }, deployment: Deployment, deps: FleetDeps) {
    this.#clock = deps.clock;
    this.variants = deployment.variants.map(
      (variant) => new VariantFleet({ scope: endpoint.scope, endpointName: endpoint.name, variant }, deps),
    );
  }

  /**
   * Resolves when every instance of every variant is healthy. When one is not, all others are stopped.
   * @throws FleetStartError
   */
  async start(): Promise<void> {
    try {
      await Promise.all(this.variants.map((variant) => startVariant(variant)));
    } catch (error) {
      await this.stop(0);
      throw error;
    }
  }

  /** Lets the calls that are under way end, then stops all hosts. */
  async drainAndStop(graceMs: number): Promise<void> {
    const over = new AbortController();
    const timer = this.#clock.schedule(longestDrainMs, () => over.abort());
    try {
      await Promise.all(this.variants.map((variant) => variant.drained(over.signal)));
    } finally {
      timer.cancel();
    }
    await this.stop(graceMs);
  }

  async stop(graceMs: number): Promise<void> {
    await Promise.all(this.variants.map((variant) => variant.stop(graceMs)));
  }
}

async function startVariant(variant: VariantFleet): Promise<void> {
  try {
    await variant.start();
  } catch (error) {
    throw new FleetStartError(describeFailure(variant.name, error), { cause: error });
  }
}
