import { join } from "node:path";
import { type ManualClock, manualClock } from "../../../platform/clock/manual-clock.ts";
import { openDatabase } from "../../../platform/database/open-database.ts";
import { seededIds } from "../../../platform/ids/seeded-ids.ts";
import { manifestImages } from "../../../platform/images/manifest-images.ts";
import { jobSupervisor } from "../../../platform/jobs/record-job-supervisor.ts";
import { diskObjects } from "../../../platform/objects/disk-objects.ts";
import type { ObjectStore } from "../../../platform/objects/object-store.ts";
import { sqliteRecords } from "../../../platform/records/sqlite-records.ts";
import { temporaryDirectory } from "../../../platform/testing/temporary-directory.ts";
import { type CallContext, defineService, type Service } from "../../operation.ts";
import type { LogSink, RoleSession, SageMakerDeps } from "../deps.ts";
import { FirstDescribes } from "../first-describes.ts";
import { modelOperations } from "../models/operations.ts";
import { tagOperations } from "../tags/operations.ts";
import { transformJobOperations } from "../transform-jobs/operations.ts";
import { transformJobKind } from "../transform-jobs/transform-job-kind.ts";
import { transformJobKey } from "../transform-jobs/transform-job-record.ts";
import { callContext } from "./call-context.ts";
import { account, image, region, roleArn } from "./endpoint-fixture.ts";
import { LoopbackCompute } from "./loopback-compute.ts";
import { modelArchive } from "./model-archive.ts";

/** SageMaker's transform jobs over real records and objects, and containers of the test's process. `Model` is there. */
export interface TransformFixture {
  readonly clock: ManualClock;
  readonly compute: LoopbackCompute;
  readonly objects: ObjectStore;
  /** Lines by `<group> <stream>`. */
  readonly logs: ReadonlyMap<string, readonly string[]>;
  /** `<action> <resource>` that roles are denied; a role of this name cannot be assumed. */
  readonly denied: Set<string>;
  // Inputs and answers differ by operation; tests look at what they need.
  call(name: string, input: object, context?: Partial<CallContext>): Promise<Record<string, unknown>>;
  put(key: string, content: string | Uint8Array): Promise<void>;
  /** Undefined when there is no such object in the bucket. */
  read(key: string): Promise<string | undefined>;
  /** Starts a job over `s3://bucket/in/` unless `changes` say otherwise. */
  start(name: string, changes?: TransformChanges): Promise<void>;
  /** Waits for the end of a job and describes it. */
  finished(name: string): Promise<Record<string, unknown>>;
  /** Starts a job and waits for its end. */
  run(name: string, changes?: TransformChanges): Promise<Record<string, unknown>>;
  /** Another server on the same records, after the first one has stopped; it resumes what there is once `early` is done. */
  restart(early?: () => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

/** What a request says instead of the usual; members of the input and the output are merged into them. */
export interface TransformChanges extends Readonly<Record<string, unknown>> {
  readonly TransformInput?: object;
  readonly TransformOutput?: object;
}

export function transformRequest(name: string, changes: TransformChanges = {}): object {
  const { TransformInput: input, TransformOutput: output, ...others } = changes;
  return {
    TransformJobName: name,
    ModelName: "Model",
    TransformInput: {
      DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: "s3://bucket/in/" } },
      ContentType: "text/csv",
      ...input,
    },
    TransformOutput: { S3OutputPath: "s3://bucket/out", ...output },
    TransformResources: { InstanceType: "ml.m4.xlarge", InstanceCount: 1 },
    ModelClientConfig: { InvocationsMaxRetries: 0 },
    ...others,
  };
}

export async function transformFixture(): Promise<TransformFixture> {
  const directory = temporaryDirectory();
  const database = await openDatabase({ file: join(directory.path, "clary.db"), durable: false });
  const clock = manualClock(new Date("2026-01-02T03:04:05.678Z"));
  const ids = seededIds("transform");
  const objects = await diskObjects(database, { directory: join(directory.path, "blobs"), clock, ids });
  const compute = new LoopbackCompute();
  const server = new Server({ records: sqliteRecords(database), objects, compute, clock, ids });
  const fixture: TransformFixture = {
    clock,
    compute,
    objects,
    logs: server.logs,
    denied: server.denied,
    call: (name, input, context) => server.call(name, input, context),
    async put(key, content) {
      await objects.put("bucket", key, Buffer.from(content));
    },
    async read(key) {
      const bytes = await (await objects.open("bucket", key))?.bytes();
      return bytes === undefined ? undefined : Buffer.from(bytes).toString("latin1");
    },
    async start(name, changes) {
      await server.call("CreateTransformJob", transformRequest(name, changes));
    },
    finished: (name) => server.finished(name),
    async run(name, changes) {
      await fixture.start(name, changes);
      return server.finished(name);
    },
    restart: (early) => server.restart(early),
    async close() {
      await server.deps.jobs.close();
      await compute.close();
      await database.close();
      directory.remove();
    },
  };
  await objects.createBucket({ name: "bucket", account, region });
  await objects.put("bucket", "model.tar.gz", await modelArchive({ "xgboost-model": "the model" }));
  const PrimaryContainer = { Image: image, ModelDataUrl: "s3://bucket/model.tar.gz", Environment: { A: "1", B: "2" } };
  await server.call("CreateModel", { ModelName: "Model", ExecutionRoleArn: roleArn, PrimaryContainer });
  return fixture;
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
    await this.deps.jobs.settled(transformJobKey({ account, region }, name), AbortSignal.timeout(30_000));
    return await this.call("DescribeTransformJob", { TransformJobName: name });
  }

  async restart(early: () => Promise<unknown> = async () => undefined): Promise<void> {
    await this.deps.jobs.close();
    this.deps = this.#newDeps();
    this.#service = this.#newService();
    await early();
    await this.deps.jobs.resume();
  }

  #newService(): Service {
    this.deps.jobs.register(transformJobKind(this.deps));
    return defineService("sagemaker", [...transformJobOperations, ...modelOperations, ...tagOperations], this.deps);
  }

  #newDeps(): SageMakerDeps {
    const { records, clock } = this.#stores;
    return {
      ...this.#stores,
      jobs: jobSupervisor({ records, clock, log: { error: () => undefined } }),
      images: manifestImages(),
      logs: { open: (_scope, group, stream) => this.#openLog(`${group} ${stream}`) },
      roles: { assume: async (arn) => this.#assume(arn) },
      firstDescribes: new FirstDescribes(clock, 2000),
      endpoints: unusedEndpoints,
    };
  }

  #openLog(name: string): LogSink {
    return {
      write: (line) => {
        this.logs.set(name, [...(this.logs.get(name) ?? []), line]);
      },
      flush: async () => undefined,
    };
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

const unusedEndpoints = new Proxy({} as SageMakerDeps["endpoints"], {
  get: () => () => {
    throw new Error("transform jobs use no endpoints");
  },
});
