import type { ServingModel } from "@clary/algorithms/serving";
import { HostBrokenError, HostTimeoutError, ResponseTooLargeError } from "../../models/host/host-errors.ts";
import type { ModelHost } from "../../models/host/model-host.ts";
import { pause } from "../../models/host/pause.ts";
import { describeFailure } from "./describe-failure.ts";
import type { FleetDeps } from "./fleet-deps.ts";
import { HostPool } from "./host-pool.ts";
import { loadLocalModel } from "./load-local-model.ts";
import { startInstance } from "./start-instance.ts";
import { endpointLogGroup, type VariantPlan } from "./variant-plan.ts";

/** A call as the invocation path makes it. */
export interface VariantCall {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly signal: AbortSignal;
}

export type VariantAnswer =
  | {
      readonly outcome: "answered";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
    }
  | { readonly outcome: "too-large"; readonly status: number }
  | { readonly outcome: "timed-out" }
  | { readonly outcome: "broken" };

const firstReplacementMs = 100;
const longestReplacementMs = 30_000;
/** A host that lived this long did not die of its start. */
const steadyAfterMs = 60_000;

/** The hosts of one variant. A host that ends by itself is replaced for as long as the variant is in service. */
export class VariantFleet {
  readonly name: string;
  readonly weight: number;
  readonly #plan: VariantPlan;
  readonly #deps: FleetDeps;
  readonly #pool: HostPool;
  readonly #hosts = new Set<ModelHost>();
  readonly #work = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  #local: ServingModel | undefined;
  #crashes = 0;

  constructor(plan: VariantPlan, deps: FleetDeps) {
    const { request, weight } = plan.variant;
    this.name = request.VariantName;
    this.weight = weight;
    this.#plan = plan;
    this.#deps = deps;
    const leastBusy = request.RoutingConfig?.RoutingStrategy === "LEAST_OUTSTANDING_REQUESTS";
    this.#pool = new HostPool(leastBusy ? "least-busy" : "random", deps.random, deps.clock);
  }

  /** The model itself where the host gave it; it also answers while a host is being replaced. */
  get local(): ServingModel | undefined {
    return this.#local;
  }

  /** Resolves when all instances are healthy; rejects with what stopped the first that is not. */
  async start(): Promise<void> {
    const starts = Array.from({ length: this.#plan.variant.instanceCount }, () => this.#startOne());
    for (const start of starts) {
      // Its failure is this method's; what is tracked is only that it is over, so that `stop` leaves nothing behind.
      this.#track(start.catch(() => undefined));
    }
    await Promise.all(starts);
  }

  async invoke(call: VariantCall): Promise<VariantAnswer> {
    try {
      const response = await this.#pool.request({ method: "POST", path: "/invocations", ...call });
      return { outcome: "answered", ...response };
    } catch (error) {
      if (error instanceof HostTimeoutError) {
        return { outcome: "timed-out" };
      }
      if (error instanceof HostBrokenError) {
        return { outcome: "broken" };
      }
      if (error instanceof ResponseTooLargeError) {
        return { outcome: "too-large", status: error.status };
      }
      throw error;
    }
  }

  /** Resolves when no call is under way, at the latest when `signal` aborts. */
  drained(signal: AbortSignal): Promise<void> {
    return this.#pool.idle(signal);
  }

  /** Ends all hosts: SIGTERM, SIGKILL after `graceMs`. May be called at any time, also during `start`. */
  async stop(graceMs: number): Promise<void> {
    this.#closing.abort(new Error("the variant is being stopped"));
    await Promise.all([...this.#hosts].map((host) => host.stop(graceMs).catch(this.#deps.onError)));
    await Promise.all(this.#work);
  }

  async #startOne(): Promise<void> {
    const host = await startInstance(this.#plan, this.#deps, this.#closing.signal);
    this.#hosts.add(host);
    this.#local ??= await loadLocalModel(host, this.#plan, this.#deps);
    if (this.#closing.signal.aborted) {
      await host.stop(0);
      this.#closing.signal.throwIfAborted();
    }
    this.#pool.add(host);
    const startedAt = this.#deps.clock.now().getTime();
    void host.exit.then(() => this.#track(this.#onExit(host, startedAt)));
  }

  #track(work: Promise<void>): void {
    const tracked = work.catch(this.#deps.onError).finally(() => this.#work.delete(tracked));
    this.#work.add(tracked);
  }

  async #onExit(host: ModelHost, startedAt: number): Promise<void> {
    this.#pool.remove(host);
    this.#hosts.delete(host);
    await host.stop(0).catch(this.#deps.onError);
    if (this.#closing.signal.aborted) {
      return;
    }
    this.#log(host, "The container ended unexpectedly; another one is started in its place.");
    this.#crashes = this.#deps.clock.now().getTime() - startedAt >= steadyAfterMs ? 0 : this.#crashes;
    await this.#replace(host);
  }

  /** Tries, ever more slowly, until there is a host again or the variant is stopped. */
  async #replace(ended: ModelHost): Promise<void> {
    while (!this.#closing.signal.aborted) {
      try {
        const pauseMs = Math.min(firstReplacementMs * 2 ** this.#crashes, longestReplacementMs);
        this.#crashes += 1;
        await pause(this.#deps.clock, pauseMs, this.#closing.signal);
        await this.#startOne();
        return;
      } catch (error) {
        if (!this.#closing.signal.aborted) {
          this.#log(ended, describeFailure(this.name, error));
        }
      }
    }
  }

  #log(host: ModelHost, line: string): void {
    const group = endpointLogGroup(this.#plan.endpointName);
    this.#deps.logs.open(this.#plan.scope, group, `${this.name}/${host.id}`).write(line);
  }
}
