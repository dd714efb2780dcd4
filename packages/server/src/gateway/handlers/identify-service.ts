import { readSignature, readSignatureV2, type Protocol, type ServiceIndexEntry, type Signature } from "@clary/wire";
import type { BodyLimits } from "../body/body-limits.ts";
import type { Handler } from "../chain.ts";
import { serviceNotImplemented, unknownOperation } from "../errors.ts";
import type { Arrived, Identity } from "../exchange.ts";
import type { HostFacts, HostReader } from "../host/host-name.ts";
import { pathWithBucket } from "../host/s3-address.ts";
import { readNamedOperation } from "../identify/named-operation.ts";
import { hasForm, readAction } from "../identify/query-action.ts";
import type { ServiceDirectory } from "../identify/service-directory.ts";
import type { RequestHead } from "../request-head.ts";

export interface IdentifyDeps {
  readonly directory: ServiceDirectory;
  readonly readHost: HostReader;
  readonly limits: BodyLimits;
}

type CalledService = Pick<Identity, "service" | "protocol" | "operationName">;

/**
 * Finds out which service a request is for, and in which protocol it speaks. The first that says so wins: the target
 * header or the path of rpcv2Cbor, the scope of the signature, the `Action` of a form or an address (some operations are
 * called unsigned), the host; what nobody claims is S3's.
 */
export function identifyService(deps: IdentifyDeps): Handler<Arrived, Identity> {
  const anonymous = identifyUnsigned(deps);
  return async (exchange) => {
    const { head } = exchange;
    const signature = readSignature(head);
    const signatureV2 = signature === undefined ? readSignatureV2(head) : undefined;
    const host = deps.readHost(head.headers["host"] ?? "");
    const { service, protocol, operationName } =
      identifyNamed(exchange, signature, deps.directory) ??
      (signature === undefined ? await anonymous(exchange, host) : identifySigned(exchange, signature, deps.directory));
    return {
      service,
      protocol,
      operationName,
      signature,
      signatureV2,
      hostBucket: host.bucket,
      routedPath: service.id === "s3" ? pathWithBucket(head.path, host.bucket) : head.path,
      hostRegion: host.region,
    };
  };
}

function identifyNamed(
  { head }: Arrived,
  signature: Signature | undefined,
  directory: ServiceDirectory,
): CalledService | undefined {
  const named = readNamedOperation(head);
  if (named === undefined) {
    return undefined;
  }
  const service = directory.byTarget(named.targetPrefix);
  if (service !== undefined) {
    return { service, protocol: named.protocol, operationName: named.operation };
  }
  const signedFor = signature === undefined ? undefined : directory.byScope(signature.service);
  if (signedFor === undefined) {
    throw serviceNotImplemented(signature?.service ?? named.targetPrefix);
  }
  throw unknownOperation(signedFor, named.protocol, named.operation);
}

function identifySigned({ head }: Arrived, signature: Signature, directory: ServiceDirectory): CalledService {
  const service = directory.byScope(signature.service);
  if (service === undefined) {
    throw serviceNotImplemented(signature.service);
  }
  return { service, protocol: unnamedProtocol(service, head), operationName: undefined };
}

function identifyUnsigned(deps: IdentifyDeps): (exchange: Arrived, host: HostFacts) => Promise<CalledService> {
  return async ({ head, body }, host) => {
    const { directory, limits } = deps;
    const form = hasForm(head) ? (await body.collect(limits.unidentified)).toString("latin1") : head.query;
    const { action, version = "" } = readAction(form);
    const called = action === undefined ? undefined : directory.byAction(action, version);
    if (called === undefined && host.unknownService !== undefined) {
      throw serviceNotImplemented(host.unknownService);
    }
    const service = called ?? directory.byId(host.service ?? "s3");
    if (service === undefined) {
      throw serviceNotImplemented(host.service ?? "s3");
    }
    return { service, protocol: unnamedProtocol(service, head), operationName: undefined };
  };
}

/** The protocol of a request that names no operation outside its path or form. */
function unnamedProtocol({ protocols }: ServiceIndexEntry, head: RequestHead): Protocol {
  const [first = "restXml"] = protocols;
  const query = protocols.find((protocol) => protocol === "awsQuery" || protocol === "ec2Query");
  return query !== undefined && (hasForm(head) || readAction(head.query).action !== undefined) ? query : first;
}
