import type { ServiceIndexEntry } from "@clary/wire";

/** Services by each of the things that tell them apart. */
export interface ServiceDirectory {
  /** Every service, in the order of the index. */
  readonly all: readonly ServiceIndexEntry[];
  byId(id: string): ServiceIndexEntry | undefined;
  /** By the first half of `X-Amz-Target`. */
  byTarget(prefix: string): ServiceIndexEntry | undefined;
  /**
   * By the name in a SigV4 scope, of a request without a target. SageMaker's runtime signs as `sagemaker` too; it is the
   * one of the two that is called without a target.
   */
  byScope(signingName: string): ServiceIndexEntry | undefined;
  /** By the parameters of a query request: the version names the service, except where two share one. */
  byAction(action: string, version: string): ServiceIndexEntry | undefined;
}

export function serviceDirectory(services: readonly ServiceIndexEntry[]): ServiceDirectory {
  const ids = new Map(services.map((service) => [service.id, service]));
  const targets = new Map(
    services.flatMap((service) => (service.targetPrefix === "" ? [] : [[service.targetPrefix, service] as const])),
  );
  const scopes = new Map<string, ServiceIndexEntry>();
  for (const service of services) {
    const first = scopes.get(service.signingName);
    if (first === undefined || needsTarget(first)) {
      scopes.set(service.signingName, service);
    }
  }
  return {
    all: services,
    byId: (id) => ids.get(id),
    byTarget: (prefix) => targets.get(prefix),
    byScope: (signingName) => scopes.get(signingName),
    byAction(action, version) {
      const candidates = services.filter((service) => isQuery(service) && service.apiVersion === version);
      return candidates.find(({ operations }) => operations.includes(action)) ?? candidates[0];
    },
  };
}

function needsTarget({ protocols }: ServiceIndexEntry): boolean {
  return protocols.every((protocol) => protocol === "awsJson1_0" || protocol === "awsJson1_1");
}

function isQuery({ protocols }: ServiceIndexEntry): boolean {
  return protocols.includes("awsQuery") || protocols.includes("ec2Query");
}
