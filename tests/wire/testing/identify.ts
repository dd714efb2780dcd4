import {
  type Labels,
  type OperationModel,
  type Protocol,
  readSignature,
  routeRest,
  type ServiceModel,
} from "@clary/wire";
import type { WireRequest } from "@clary/wire";

/** What a request calls, and how. */
export interface Called {
  readonly operation: OperationModel;
  readonly protocol: Protocol;
  readonly labels: Labels;
}

/** Finds the operation of a request as a server has to: by target, path, form or route, never by what the test knows. */
export function identify(models: readonly ServiceModel[], request: WireRequest): Called {
  const called = byTarget(models, request) ?? byForm(models, request) ?? byRoute(models, request);
  if (called === undefined) {
    throw new Error(`no operation is called by ${request.method} ${request.path}?${request.query}`);
  }
  return called;
}

function byTarget(models: readonly ServiceModel[], { path, headers }: WireRequest): Called | undefined {
  const [target, name] = headers["x-amz-target"]?.split(".") ?? [];
  const rpc = /^\/service\/([^/]+)\/operation\/([^/]+)$/.exec(path);
  const model = models.find(({ targetPrefix }) => targetPrefix !== "" && targetPrefix === (target ?? rpc?.[1]));
  const operation = model?.operations.get(name ?? rpc?.[2] ?? "");
  if (operation === undefined) {
    return undefined;
  }
  const json = headers["content-type"]?.includes("1.0") === true ? "awsJson1_0" : "awsJson1_1";
  return { operation, protocol: rpc === null ? json : "rpcv2Cbor", labels: {} };
}

function byForm(models: readonly ServiceModel[], { body, headers }: WireRequest): Called | undefined {
  if (headers["content-type"]?.startsWith("application/x-www-form-urlencoded") !== true) {
    return undefined;
  }
  const form = new URLSearchParams(Buffer.from(body as Uint8Array).toString("utf8"));
  const model = models.find(
    ({ apiVersion, operations }) => apiVersion === form.get("Version") && operations.has(form.get("Action") ?? ""),
  );
  const operation = model?.operations.get(form.get("Action") ?? "");
  if (model === undefined || operation === undefined) {
    return undefined;
  }
  return { operation, protocol: model.protocols.includes("ec2Query") ? "ec2Query" : "awsQuery", labels: {} };
}

function byRoute(models: readonly ServiceModel[], request: WireRequest): Called | undefined {
  const signed = readSignature(request)?.service ?? "s3";
  // S3's directory buckets and object lambdas have scopes of their own.
  const service = signed.startsWith("s3") ? "s3" : signed;
  for (const model of models) {
    const [protocol] = model.protocols;
    if (model.signingName === service && (protocol === "restXml" || protocol === "restJson1")) {
      const route = routeRest(model, request);
      return route === undefined ? undefined : { ...route, protocol };
    }
  }
  return undefined;
}
