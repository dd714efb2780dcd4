import type { ServingModel } from "@clary/algorithms/serving";
import type { RecordKey } from "../../../../platform/records/record-store.ts";
import type { Scope } from "../../../../platform/scope.ts";
import type { DataCapture } from "../../data-capture/data-capture.ts";
import type { VariantAnswer, VariantCall } from "../fleet/variant-fleet.ts";

/** A variant in service, as the invocation path sees it. */
export interface ServingVariant {
  readonly name: string;
  readonly weight: number;
  readonly local: ServingModel | undefined;
  invoke(call: VariantCall): Promise<VariantAnswer>;
}

/** An endpoint in service. Immutable: a change replaces it, and calls that hold the old one end with it. */
export interface ServingEndpoint {
  readonly variants: readonly ServingVariant[];
  readonly totalWeight: number;
  readonly capture: DataCapture | undefined;
}

interface ComingUp {
  readonly decided: Promise<ServingEndpoint | undefined>;
  readonly decide: (endpoint: ServingEndpoint | undefined) => void;
}

type Entry = { readonly serving: ServingEndpoint } | { readonly comingUp: ComingUp };

/** Which endpoints take calls: the invocation path reads it, the supervisor writes it. */
export class EndpointRoutes {
  readonly #entries = new Map<string, Entry>();
  #loading: ComingUp | undefined;

  /** A promise for an endpoint that is coming up, and for any endpoint while the records are still being read. */
  find(scope: Scope, endpointName: string): ServingEndpoint | undefined | Promise<ServingEndpoint | undefined> {
    const entry = this.#entries.get(nameOf(scope, endpointName));
    if (entry === undefined) {
      return this.#loading?.decided.then(() => this.find(scope, endpointName));
    }
    return "serving" in entry ? entry.serving : entry.comingUp.decided;
  }

  /** The records of a restarted server are about to be read; `loaded` says that all endpoints in them are known. */
  loading(): void {
    this.#loading ??= comingUp();
  }

  loaded(): void {
    this.#loading?.decide(undefined);
    this.#loading = undefined;
  }

  /** The endpoint is coming up: calls wait for `publish` or `remove`. An endpoint that already serves goes on doing so. */
  expect({ scope, id }: RecordKey): void {
    const name = nameOf(scope, id);
    if (!this.#entries.has(name)) {
      this.#entries.set(name, { comingUp: comingUp() });
    }
  }

  publish({ scope, id }: RecordKey, serving: ServingEndpoint): void {
    const name = nameOf(scope, id);
    const before = this.#entries.get(name);
    this.#entries.set(name, { serving });
    decide(before, serving);
  }

  remove({ scope, id }: RecordKey): void {
    const name = nameOf(scope, id);
    const before = this.#entries.get(name);
    this.#entries.delete(name);
    decide(before, undefined);
  }
}

function decide(entry: Entry | undefined, endpoint: ServingEndpoint | undefined): void {
  if (entry !== undefined && "comingUp" in entry) {
    entry.comingUp.decide(endpoint);
  }
}

function comingUp(): ComingUp {
  const { promise, resolve } = withResolvers<ServingEndpoint | undefined>();
  return { decided: promise, decide: resolve };
}

function withResolvers<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}

function nameOf(scope: Scope, endpointName: string): string {
  return `${scope.account}/${scope.region}/${endpointName}`;
}
