import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import type { Clock } from "../../../platform/clock/clock.ts";
import type { ComputeBackend } from "../../../platform/compute/compute-backend.ts";
import { openDatabase } from "../../../platform/database/open-database.ts";
import { seededIds } from "../../../platform/ids/seeded-ids.ts";
import { manifestImages } from "../../../platform/images/manifest-images.ts";
import { jobSupervisor } from "../../../platform/jobs/record-job-supervisor.ts";
import type { JobSupervisor } from "../../../platform/jobs/job-supervisor.ts";
import { diskObjects } from "../../../platform/objects/disk-objects.ts";
import type { ObjectStore } from "../../../platform/objects/object-store.ts";
import { sqliteRecords } from "../../../platform/records/sqlite-records.ts";
import type { RecordStore } from "../../../platform/records/record-store.ts";
import { temporaryDirectory } from "../../../platform/testing/temporary-directory.ts";
import { type CallContext, defineService, type Service } from "../../operation.ts";
import type { LogSink, RoleSession, SageMakerDeps } from "../deps.ts";
import { FirstDescribes } from "../first-describes.ts";
import { tagOperations } from "../tags/operations.ts";
import { trainingJobOperations } from "../training-jobs/operations.ts";
import { trainingJobKind } from "../training-jobs/training-job-kind.ts";
import { trainingJobKey } from "../training-jobs/training-job-record.ts";
import { callContext } from "./call-context.ts";
import { account, image, region, roleArn } from "./endpoint-fixture.ts";

export { roleArn } from "./endpoint-fixture.ts";

export interface TrainingFixtureOptions {
  readonly clock: Clock;
  readonly compute: ComputeBackend;
}

/** SageMaker's training jobs over real records and objects. The bucket `bucket` is there, and empty. */
export interface TrainingFixture {
  readonly objects: ObjectStore;
  readonly records: RecordStore;
  /** Lines by `<group> <stream>`. */
  readonly logs: ReadonlyMap<string, readonly string[]>;
  /** `<action> <resource>` that roles are denied; a role of this name cannot be assumed. */
  readonly denied: Set<string>;
  // Inputs and answers differ by operation; tests look at what they need.
  call(name: string, input: object, context?: Partial<CallContext>): Promise<Record<string, unknown>>;
  put(key: string, content: string | Uint8Array): Promise<void>;
  /** Contents of a stored `.tar.gz` by path. */
  archive(key: string): Promise<Record<string, string>>;
  /** Waits for the end of a job and describes it. */
  finished(name: string): Promise<Record<string, unknown>>;
  /** Another server on the same records, after the first one has stopped. Does not resume by itself. */
  restart(): Promise<JobSupervisor>;
  close(): Promise<void>;
}

export async function trainingFixture({ clock, compute }: TrainingFixtureOptions): Promise<TrainingFixture> {
  const directory = temporaryDirectory();
  const database = await openDatabase({ file: join(directory.path, "clary.db"), durable: false });
  const ids = seededIds("training");
  const objects = await diskObjects(database, { directory: join(directory.path, "blobs"), clock, ids });
  await objects.createBucket({ name: "bucket", account, region });
  const server = new Server({ records: sqliteRecords(database), objects, compute, clock, ids });
  return {
    objects,
    records: server.deps.records,
    logs: server.logs,
    denied: server.denied,
    call: (name, input, context) => server.call(name, input, context),
    async put(key, content) {
      await objects.put("bucket", key, typeof content === "string" ? Buffer.from(content) : content);
    },
    archive: (key) => readArchive(objects, key),
    finished: (name) => server.finished(name),
    restart: () => server.restart(),
    async close() {
      await server.deps.jobs.close();
      await compute.close();
      await database.close();
      directory.remove();
    },
  };
}

type Stores = Pick<SageMakerDeps, "records" | "objects" | "compute" | "clock" | "ids">;

class Server {
  readonly logs = new Map<string, string[]>();
  readonly denied = new Set<string>();
  readonly #stores: Stores;
  deps: SageMakerDeps;
  #service: Service;

  constructor(stores: Stores) {
    this.#stores = stores;
    this.deps = this.#newDeps();
    this.#service = this.#newService();
  }

  async call(name: string, input: object, context: Partial<CallContext> = {}): Promise<Record<string, unknown>> {
    const now = this.#stores.clock.now();
    return { ...(await this.#service.operations.get(name)?.run(input, callContext({ now, ...context }))) };
  }

  async finished(name: string): Promise<Record<string, unknown>> {
    await this.deps.jobs.settled(trainingJobKey({ account, region }, name), AbortSignal.timeout(30_000));
    return await this.call("DescribeTrainingJob", { TrainingJobName: name });
  }

  async restart(): Promise<JobSupervisor> {
    await this.deps.jobs.close();
    this.deps = this.#newDeps();
    this.#service = this.#newService();
    return this.deps.jobs;
  }

  #newService(): Service {
    this.deps.jobs.register(trainingJobKind(this.deps));
    return defineService("sagemaker", [...trainingJobOperations, ...tagOperations], this.deps);
  }

  #newDeps(): SageMakerDeps {
    const { records, clock } = this.#stores;
    return {
      ...this.#stores,
      jobs: jobSupervisor({ records, clock, log: { error: () => undefined } }),
      images: manifestImages(),
      logs: { open: (_scope, group, stream) => this.#openLog(`${group} ${stream}`) },
      roles: { assume: async (arn) => this.#assume(arn) },
      firstDescribes: new FirstDescribes(clock, 0),
      endpoints: unusedEndpoints,
    };
  }

  #openLog(name: string): LogSink {
    const lines = this.logs.get(name) ?? [];
    this.logs.set(name, lines);
    return { write: (line) => void lines.push(line.replaceAll("\t", "#011")), flush: async () => undefined };
  }

  #assume(arn: string): RoleSession | undefined {
    if (arn !== roleArn || this.denied.has(arn)) {
      return undefined;
    }
    return {
      allows: async (action, resource) => !this.denied.has(`${action} ${resource}`),
      credentials: () => Promise.reject(new Error("nothing asks for credentials here")),
    };
  }
}

/** A CreateTrainingJob request of the SageMaker Python SDK, with one channel `train` below `s3://bucket/data/`. */
export function trainingRequest(name: string, changes: object = {}): object {
  return {
    TrainingJobName: name,
    RoleArn: roleArn,
    AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: "File" },
    InputDataConfig: [trainingChannel("train", "s3://bucket/data/")],
    OutputDataConfig: { S3OutputPath: "s3://bucket/out" },
    ResourceConfig: { InstanceCount: 1, InstanceType: "ml.m4.xlarge", VolumeSizeInGB: 30 },
    StoppingCondition: { MaxRuntimeInSeconds: 3600 },
    HyperParameters: { num_round: "1" },
    ...changes,
  };
}

export function trainingChannel(name: string, uri: string, changes: object = {}, source: object = {}): object {
  return {
    ChannelName: name,
    ContentType: "text/csv",
    DataSource: {
      S3DataSource: { S3DataType: "S3Prefix", S3Uri: uri, S3DataDistributionType: "FullyReplicated", ...source },
    },
    ...changes,
  };
}

const unusedEndpoints = new Proxy({} as SageMakerDeps["endpoints"], {
  get: () => () => {
    throw new Error("training jobs use no endpoints");
  },
});

async function readArchive(objects: ObjectStore, key: string): Promise<Record<string, string>> {
  const object = await objects.open("bucket", key);
  if (object === undefined) {
    throw new Error(`there is no ${key}`);
  }
  const files: Record<string, string> = {};
  for await (const entry of object.stream().pipe(createGunzip()).pipe(extract())) {
    files[entry.header.name] = await text(entry);
  }
  await object.close();
  return files;
}
