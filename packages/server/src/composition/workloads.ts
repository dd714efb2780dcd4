import { decodeServingModel } from "@clary/algorithms/serving";
import type { Logger } from "pino";
import type { Clock } from "../platform/clock/clock.ts";
import type { ComputeBackend } from "../platform/compute/compute-backend.ts";
import { processBackend } from "../platform/compute/process/process-backend.ts";
import type { DataDirectory } from "../platform/data-directory/data-directory.ts";
import type { Ids } from "../platform/ids/ids.ts";
import { manifestImages } from "../platform/images/manifest-images.ts";
import { jobSupervisor } from "../platform/jobs/record-job-supervisor.ts";
import { ServedSessions } from "../control/job-credentials.ts";
import type { Identity } from "../services/iam/index.ts";
import type { SageMakerDeps } from "../services/sagemaker/deps.ts";
import { EndpointSupervisor } from "../services/sagemaker/endpoints/supervision/endpoint-supervisor.ts";
import { FirstDescribes } from "../services/sagemaker/first-describes.ts";
import type { Storage } from "./storage.ts";

export interface WorkloadParts {
  readonly directory: DataDirectory;
  readonly storage: Storage;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Jobs, endpoints and what SageMaker's operations need of them. */
export interface Workloads {
  readonly compute: ComputeBackend;
  readonly endpoints: EndpointSupervisor;
  readonly sagemaker: SageMakerDeps;
  /** Serves the workloads' credentials. */
  readonly servedSessions: ServedSessions;
}

/** How long the first Describe of the Python SDK may wait for a short job; `CLARY_HOLD_DESCRIBE=off` turns it off. */
const holdDescribeMs = 2000;

/**
 * What the preparation of images needs of the server's environment: programs, caches, the way to package indexes. Workloads
 * themselves get the path of programs and the language of it, nothing more.
 */
const passedVariables =
  /^(PATH|LANG|LC_ALL|TZ|HOME|XDG_CACHE_HOME|CLARY_LIBXGBOOST|CLARY_CACHE_DIR|PIP_\w+|SSL_CERT_FILE|(HTTPS?|NO)_PROXY)$/i;

export async function openWorkloads(parts: WorkloadParts): Promise<Workloads> {
  const { storage, identity, clock, ids, log, environment } = parts;
  const compute = processBackend({
    directory: await parts.directory.directory("workloads"),
    clock,
    environment: passed(environment),
    keepSpares: true,
  });
  const shared = {
    records: storage.records,
    objects: storage.objects,
    compute,
    logs: storage.logSinks,
    roles: identity.roles,
    clock,
    ids,
  };
  const servedSessions = new ServedSessions(ids);
  const endpoints = new EndpointSupervisor({
    ...shared,
    random: Math.random,
    decodeServingModel,
    onError: (error) => log.error({ err: error }, "endpoint"),
  });
  const holdMs = environment["CLARY_HOLD_DESCRIBE"] === "off" ? 0 : holdDescribeMs;
  return {
    compute,
    endpoints,
    servedSessions,
    sagemaker: {
      ...shared,
      endpoints,
      jobs: jobSupervisor({ records: storage.records, clock, log }),
      images: manifestImages(),
      jobCredentials: servedSessions.serve,
      firstDescribes: new FirstDescribes(clock, holdMs),
      jsonPathSliceEnd: environment["CLARY_JSONPATH_SLICE_END"] === "exclusive" ? "exclusive" : "inclusive",
    },
  };
}

function passed(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(environment).filter(
    ([name, value]) => value !== undefined && passedVariables.test(name),
  );
  return Object.fromEntries(entries) as Record<string, string>;
}
