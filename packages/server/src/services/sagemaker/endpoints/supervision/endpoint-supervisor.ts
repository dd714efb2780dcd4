import type { RecordKey } from "../../../../platform/records/record-store.ts";
import type { EndpointControl } from "../endpoint-control.ts";
import { endpointCollection, type EndpointBody } from "../endpoint-record.ts";
import { EndpointRoutes } from "./endpoint-routes.ts";
import { RunningEndpoint, type RunningEndpointDeps } from "./running-endpoint.ts";

export type EndpointSupervisorDeps = Omit<RunningEndpointDeps, "routes">;

/** A failed endpoint only waits to be deleted. */
const resumed: readonly EndpointBody["status"][] = ["Creating", "Updating", "InService", "OutOfService"];
/** Time that hosts get to end when the whole server stops. */
const closeGraceMs = 2000;

/** Runs the endpoints of this server. */
export class EndpointSupervisor implements EndpointControl {
  /** Where the invocation path finds endpoints. */
  readonly routes: EndpointRoutes = new EndpointRoutes();
  readonly #deps: RunningEndpointDeps;
  readonly #endpoints = new Map<string, RunningEndpoint>();
  readonly #retiring = new Set<Promise<void>>();
  /** Resolves when the records of an earlier server have been read: what is asked of an endpoint before may have to wait. */
  readonly #loaded: Promise<void>;
  #markLoaded: () => void = () => undefined;

  constructor(deps: EndpointSupervisorDeps) {
    this.#deps = { ...deps, routes: this.routes };
    this.routes.loading();
    this.#loaded = new Promise((resolve) => {
      this.#markLoaded = resolve;
    });
  }

  /** Brings back the endpoints that an earlier server ran. Resolves when all are known; they come up behind it. */
  async resume(): Promise<void> {
    try {
      for await (const { key, body } of this.#deps.records.scan<EndpointBody>(endpointCollection, resumed)) {
        // What was created since this server listens is known already.
        if (!this.#endpoints.has(nameOf(key))) {
          this.#add(key, body.incarnation).restore(body);
        }
      }
    } finally {
      this.#markLoaded();
      this.routes.loaded();
    }
  }

  create(key: RecordKey, incarnation: string): void {
    this.#add(key, incarnation).deploy();
  }

  update(key: RecordKey): void {
    const endpoint = this.#endpoints.get(nameOf(key));
    if (endpoint === undefined) {
      void this.#loaded.then(() => this.#endpoints.get(nameOf(key))?.deploy());
    } else {
      endpoint.deploy();
    }
  }

  remove(key: RecordKey, incarnation: string): void {
    this.#retire(key, incarnation);
    // The records that are being read may still hold it.
    void this.#loaded.then(() => this.#retire(key, incarnation));
  }

  async settled(key: RecordKey, signal: AbortSignal): Promise<void> {
    const endpoint = this.#endpoints.get(nameOf(key));
    if (endpoint === undefined || signal.aborted) {
      return;
    }
    await new Promise<void>((resolve) => {
      signal.addEventListener("abort", () => resolve(), { once: true });
      void endpoint.settled.then(resolve);
    });
  }

  /** Stops all hosts. Their endpoints stay in the records, for the next server to bring back. */
  async close(): Promise<void> {
    await Promise.all([...this.#endpoints.values()].map((endpoint) => endpoint.retire(closeGraceMs)));
    await Promise.all(this.#retiring);
  }

  #retire(key: RecordKey, incarnation: string): void {
    const name = nameOf(key);
    const endpoint = this.#endpoints.get(name);
    if (endpoint?.incarnation !== incarnation) {
      return;
    }
    this.routes.remove(key);
    this.#endpoints.delete(name);
    const retiring = endpoint.retire().finally(() => this.#retiring.delete(retiring));
    this.#retiring.add(retiring);
  }

  #add(key: RecordKey, incarnation: string): RunningEndpoint {
    const endpoint = new RunningEndpoint(key, incarnation, this.#deps);
    this.#endpoints.set(nameOf(key), endpoint);
    this.routes.expect(key);
    return endpoint;
  }
}

function nameOf(key: RecordKey): string {
  return `${key.scope.account} ${key.scope.region} ${key.id}`;
}
