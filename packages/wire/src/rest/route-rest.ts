import { invalidUri } from "../errors/request-errors.ts";
import { compileOnce } from "../model/compile-once.ts";
import type { OperationModel, ServiceModel } from "../model/service-model.ts";
import { addPath, emptyPathTree, labelNames, matchPath, type PathTree } from "./path-tree.ts";
import { parseQuery, type QueryParameters } from "./query-parameters.ts";

/** What a REST request is told apart by. */
export interface RoutedRequest {
  readonly method: string;
  /** As sent: percent-encoded. S3 requests are path-style, `/{Bucket}/{Key+}`. */
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Route {
  readonly operation: OperationModel;
  /** Decoded. */
  readonly labels: Record<string, string>;
}

interface Candidate {
  readonly operation: OperationModel;
  readonly method: string;
  readonly labels: readonly string[];
  /** Parameters that are part of the address; an empty value stands for any. */
  readonly statics: readonly (readonly [name: string, value: string])[];
  /** Parameters and headers that the input requires. */
  readonly parameters: readonly string[];
  readonly headers: readonly string[];
  readonly rank: number;
}

/**
 * The operation that a REST request calls, or undefined when the service has none at that address. Throws InvalidURI for
 * a path that is not percent-encoded UTF-8.
 */
export function routeRest(model: ServiceModel, request: RoutedRequest): Route | undefined {
  const query = parseQuery(request.query);
  return matchPath(routesOf(model)(), request.path, ({ leaves, values }) => {
    const candidate = choose(leaves, request, query);
    return candidate === undefined
      ? undefined
      : { operation: candidate.operation, labels: decodeLabels(candidate, values) };
  });
}

/**
 * The best of the candidates at one path that accept the request. Those of one rank differ in nothing a request must
 * have (ListBuckets, ListDirectoryBuckets); then the hint that some clients send decides, else the first. A request that
 * lacks what its only operation requires still reaches it, to be told so.
 */
function choose(
  candidates: readonly Candidate[],
  request: RoutedRequest,
  query: QueryParameters,
): Candidate | undefined {
  const hint = query.get("x-id")?.[0];
  let chosen: Candidate | undefined;
  let incomplete: Candidate | undefined;
  for (const candidate of candidates) {
    if (chosen !== undefined && (hint === undefined || candidate.rank < chosen.rank)) {
      return chosen;
    }
    if (isAddressed(candidate, request, query)) {
      incomplete ??= candidate;
      const better = chosen === undefined || candidate.operation.name === hint;
      chosen = better && isComplete(candidate, request, query) ? candidate : chosen;
    }
  }
  return chosen ?? incomplete;
}

function isAddressed(candidate: Candidate, request: RoutedRequest, query: QueryParameters): boolean {
  if (candidate.method !== request.method) {
    return false;
  }
  for (const [name, value] of candidate.statics) {
    const sent = query.get(name);
    if (sent === undefined || (value !== "" && sent[0] !== value)) {
      return false;
    }
  }
  return true;
}

function isComplete({ parameters, headers }: Candidate, request: RoutedRequest, query: QueryParameters): boolean {
  for (const name of parameters) {
    if (!query.has(name)) {
      return false;
    }
  }
  for (const name of headers) {
    if (request.headers[name] === undefined) {
      return false;
    }
  }
  return true;
}

function decodeLabels({ labels }: Candidate, values: readonly string[]): Record<string, string> {
  const decoded: Record<string, string> = {};
  for (const [i, name] of labels.entries()) {
    decoded[name] = decodeLabel(values[i] ?? "");
  }
  return decoded;
}

function decodeLabel(value: string): string {
  if (!value.includes("%")) {
    return value;
  }
  try {
    return decodeURIComponent(value);
  } catch {
    throw invalidUri();
  }
}

const routesOf: (model: ServiceModel) => () => PathTree<Candidate> = compileOnce((model: ServiceModel) => {
  const tree = emptyPathTree<Candidate>();
  for (const candidate of [...model.operations.values()].flatMap(candidateOf).sort((a, b) => b.rank - a.rank)) {
    addPath(tree, candidate.operation.http?.path ?? "/", candidate);
  }
  return () => tree;
});

function candidateOf(operation: OperationModel): readonly Candidate[] {
  if (operation.http === undefined) {
    return [];
  }
  const { method, path, query = {} } = operation.http;
  const required = operation.input.members.filter((member) => member.required);
  const statics = Object.entries(query);
  // Required parameters tell UploadPart from PutObject, required headers CopyObject from PutObject.
  const parameters = required.flatMap(({ httpQuery }) => httpQuery ?? []);
  const headers = required.flatMap(({ httpHeader }) => httpHeader?.toLowerCase() ?? []);
  const rank = statics.length * 100 + parameters.length * 20 + headers.length * 10;
  return [{ operation, method, labels: labelNames(path), statics, parameters, headers, rank }];
}
