import type { ServiceIndexEntry } from "@clary/wire";
import { awsDomains } from "../proxy/aws-host.ts";
import { regionPattern } from "./region-name.ts";

/** What the name in a Host header says about a request. Every part is absent where the name does not say it. */
export interface HostFacts {
  /** Id of a service we have a model of. */
  readonly service?: string;
  /** Name of an AWS service that we have no model of (`athena`). */
  readonly unknownService?: string;
  readonly region?: string;
  /** Bucket of a virtual-host S3 address. */
  readonly bucket?: string;
}

export type HostReader = (host: string) => HostFacts;

/**
 * Names that end in `.localhost` are ours without any configuration (RFC 6761 §6.3). Below them a name is read like one of
 * AWS's; where it names no service it is a bucket (`my-bucket.localhost:8080`).
 */
const localDomain = "localhost";

/** `s3`, `s3.us-east-1`, `s3.dualstack.us-east-1`, `s3-us-west-2` (until 2019) and the global spellings, each behind a bucket or alone. */
const s3Host = new RegExp(
  `^(?:(?<bucket>.+)\\.)?s3(?:-accelerate(?:\\.dualstack)?|-external-1|[.-](?:fips\\.)?(?:dualstack\\.)?(?<region>${regionPattern}))?$`,
);

/** Compiles the reader of host names. @param services The models' index. */
export function hostReader(services: readonly ServiceIndexEntry[]): HostReader {
  const byPrefix = new Map(
    services.flatMap(({ id, endpointPrefixes }) => endpointPrefixes.map((prefix) => [prefix, id] as const)),
  );

  function read(host: string): HostFacts {
    const name = host.toLowerCase().replace(/:\d+$/, "").replace(/\.$/, "");
    const awsDomain = awsDomains.find((domain) => name.endsWith(`.${domain}`));
    if (awsDomain !== undefined) {
      return readServiceName(name.slice(0, -awsDomain.length - 1), byPrefix);
    }
    if (!name.endsWith(`.${localDomain}`)) {
      return {};
    }
    const label = name.slice(0, -localDomain.length - 1);
    const { unknownService, ...facts } = readServiceName(label, byPrefix);
    return unknownService === undefined ? facts : { bucket: label };
  }

  // Most requests name the same host as the one before.
  let last = { host: "", facts: read("") };
  return (host) => {
    if (host !== last.host) {
      last = { host, facts: read(host) };
    }
    return last.facts;
  };
}

function readServiceName(name: string, byPrefix: ReadonlyMap<string, string>): HostFacts {
  const s3 = s3Host.exec(name);
  if (s3 !== null) {
    const { bucket, region } = s3.groups ?? {};
    return { service: "s3", ...(bucket === undefined ? {} : { bucket }), ...(region === undefined ? {} : { region }) };
  }
  const [, named = name, region] = regionalName.exec(name) ?? [];
  const prefix = named.replace(/-fips$/, "");
  const service = byPrefix.get(prefix);
  return {
    ...(service === undefined ? { unknownService: prefix } : { service }),
    ...(region === undefined ? {} : { region }),
  };
}

const regionalName = new RegExp(`^(.+)\\.(${regionPattern})$`);
