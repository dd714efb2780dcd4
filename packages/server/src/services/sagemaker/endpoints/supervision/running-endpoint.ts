import type { RecordKey, RecordStore } from "../../../../platform/records/record-store.ts";
import { DataCapture } from "../../data-capture/data-capture.ts";
import { pause } from "../../models/host/pause.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { isInProgress, type EndpointBody } from "../endpoint-record.ts";
import { Fleet } from "../fleet/fleet.ts";
import type { FleetDeps } from "../fleet/fleet-deps.ts";
import { changeEndpoint, promotePending, rejectPending, returnToService, takeOutOfService } from "./change-endpoint.ts";
import type { EndpointRoutes } from "./endpoint-routes.ts";

export interface RunningEndpointDeps extends FleetDeps {
  readonly records: RecordStore;
  readonly routes: EndpointRoutes;
}

/** A deployment with its hosts running. */
interface Serving {
  readonly fleet: Fleet;
  readonly capture: DataCapture | undefined;
}

/** Between SIGTERM and SIGKILL of hosts that are no longer needed, as AWS documents it. */
const hostGraceMs = 30_000;
const firstRetryMs = 1000;
const longestRetryMs = 60_000;

/** One endpoint of this server: what runs for it, and the change it is going through. */
export class RunningEndpoint {
  readonly incarnation: string;
  readonly #key: RecordKey;
  readonly #deps: RunningEndpointDeps;
  readonly #closing = new AbortController();
  readonly #background = new Set<Promise<void>>();
  #serving: Serving | undefined;
  #starting: Fleet | undefined;
  /** One change at a time; each begins when the one before has ended. */
  #change: Promise<void> = Promise.resolve();

  constructor(key: RecordKey, incarnation: string, deps: RunningEndpointDeps) {
    this.#key = key;
    this.incarnation = incarnation;
    this.#deps = deps;
  }

  /** Resolves when the change that is under way has ended. Never rejects. */
  get settled(): Promise<void> {
    return this.#change;
  }

  /** Brings up the pending deployment; it replaces what serves, or the record says why it does not. */
  deploy(): void {
    this.#queue(() => this.#deployPending());
  }

  /** Brings back what served before the server was restarted, and goes on with the change that was under way. */
  restore(body: EndpointBody): void {
    const { current } = body;
    if (current !== undefined) {
      this.#queue(() => this.#restore(current));
    }
    if (isInProgress(body)) {
      this.deploy();
    } else if (current !== undefined) {
      this.#run(this.#change.then(() => this.#keepRestoring(current)));
    }
  }

  /** Ends all that runs for the endpoint. Resolves when no host of it is left. */
  async retire(graceMs: number = hostGraceMs): Promise<void> {
    this.#closing.abort(new Error("the endpoint is being stopped"));
    await this.#starting?.stop(0);
    await this.#change;
    if (this.#serving !== undefined) {
      this.#run(this.#end(this.#serving, graceMs));
      this.#serving = undefined;
    }
    await Promise.all(this.#background);
  }

  async #deployPending(): Promise<void> {
    const record = await this.#deps.records.get<EndpointBody>(this.#key);
    const pending = record?.body.pending;
    if (pending === undefined || record?.body.incarnation !== this.incarnation) {
      return;
    }
    const before = this.#serving;
    try {
      await this.#serve(pending);
    } catch (error) {
      await this.#rejectPending(error);
      return;
    }
    await this.#changeRecord(promotePending);
    if (before !== undefined) {
      const policy = record?.body.deploymentConfig?.BlueGreenUpdatePolicy;
      this.#run(this.#endAfter(1000 * (policy?.TerminationWaitInSeconds ?? 0), before));
    }
  }

  /** The record changes last: as long as it says that a change is under way, nobody can delete the endpoint. */
  async #rejectPending(error: unknown): Promise<void> {
    if (this.#closing.signal.aborted) {
      return;
    }
    const serving = this.#serving !== undefined;
    if (!serving) {
      this.#deps.routes.remove(this.#key);
    }
    await this.#changeRecord((body) => rejectPending(body, messageOf(error), serving));
  }

  async #restore(current: Deployment): Promise<void> {
    if (this.#serving !== undefined || this.#closing.signal.aborted) {
      return;
    }
    try {
      await this.#serve(current);
    } catch (error) {
      if (!this.#closing.signal.aborted) {
        this.#deps.routes.remove(this.#key);
        await this.#changeRecord((body) => (isInProgress(body) ? body : takeOutOfService(body, messageOf(error))));
      }
      return;
    }
    await this.#changeRecord(returnToService);
  }

  /** Tries, ever more slowly, until something serves: this deployment, or one that an update put in its place. */
  async #keepRestoring(current: Deployment): Promise<void> {
    let retryMs = firstRetryMs;
    while (this.#serving === undefined && !this.#closing.signal.aborted) {
      await pause(this.#deps.clock, retryMs, this.#closing.signal).catch(() => undefined);
      this.#queue(() => this.#restore(current));
      await this.#change;
      retryMs = Math.min(2 * retryMs, longestRetryMs);
    }
  }

  /** Starts a deployment's hosts and gives them the endpoint's calls. */
  async #serve(deployment: Deployment): Promise<void> {
    this.#closing.signal.throwIfAborted();
    const endpoint = { name: this.#key.id, scope: this.#key.scope };
    const fleet = new Fleet(endpoint, deployment, this.#deps);
    this.#starting = fleet;
    try {
      await fleet.start();
    } finally {
      this.#starting = undefined;
    }
    const { dataCapture: config } = deployment;
    const capture = config === undefined ? undefined : new DataCapture({ ...endpoint, config, deployment }, this.#deps);
    this.#serving = { fleet, capture };
    if (!this.#closing.signal.aborted) {
      const totalWeight = fleet.variants.reduce((sum, variant) => sum + variant.weight, 0);
      this.#deps.routes.publish(this.#key, { variants: fleet.variants, totalWeight, capture });
    }
  }

  async #endAfter(waitMs: number, serving: Serving): Promise<void> {
    if (waitMs > 0) {
      await pause(this.#deps.clock, waitMs, this.#closing.signal).catch(() => undefined);
    }
    await this.#end(serving, hostGraceMs);
  }

  async #end({ fleet, capture }: Serving, graceMs: number): Promise<void> {
    await fleet.drainAndStop(graceMs);
    await capture?.close();
  }

  async #changeRecord(change: (body: EndpointBody) => EndpointBody): Promise<void> {
    await changeEndpoint(this.#key, this.incarnation, change, this.#deps);
  }

  #queue(work: () => Promise<void>): void {
    this.#change = this.#change.then(work).catch(this.#deps.onError);
  }

  #run(work: Promise<void>): void {
    const tracked = work.catch(this.#deps.onError).finally(() => this.#background.delete(tracked));
    this.#background.add(tracked);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
