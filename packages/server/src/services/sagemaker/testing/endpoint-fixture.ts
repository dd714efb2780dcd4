import { join } from "node:path";
import type { ServingModel } from "@clary/algorithms/serving";
import type { Clock } from "../../../platform/clock/clock.ts";
import { systemClock } from "../../../platform/clock/system-clock.ts";
import { openDatabase } from "../../../platform/database/open-database.ts";
import { seededIds } from "../../../platform/ids/seeded-ids.ts";
import type { ObjectStore } from "../../../platform/objects/object-store.ts";
import { diskObjects } from "../../../platform/objects/disk-objects.ts";
import { sqliteRecords } from "../../../platform/records/sqlite-records.ts";
import type { RecordStore } from "../../../platform/records/record-store.ts";
import { temporaryDirectory } from "../../../platform/testing/temporary-directory.ts";
import { defineService, type CallContext, type Service } from "../../operation.ts";
import { defaultInvocationSettings } from "../../sagemaker-runtime/deps.ts";
import { sagemakerRuntimeService } from "../../sagemaker-runtime/service.ts";
import type { SageMakerDeps } from "../deps.ts";
import { endpointConfigOperations } from "../endpoint-configs/operations.ts";
import { endpointOperations } from "../endpoints/operations.ts";
import { EndpointSupervisor } from "../endpoints/supervision/endpoint-supervisor.ts";
import { FirstDescribes } from "../first-describes.ts";
import { modelOperations } from "../models/operations.ts";
import { tagOperations } from "../tags/operations.ts";
import { callContext } from "./call-context.ts";
import { LoopbackCompute } from "./loopback-compute.ts";
import { modelArchive } from "./model-archive.ts";

export const account = "123456789012";
export const region = "us-east-1";
export const roleArn = `arn:aws:iam::${account}:role/execution`;
export const image = `811284229777.dkr.ecr.${region}.amazonaws.com/xgboost:1`;
export const modelData = "s3://models/m/model.tar.gz";

export interface EndpointFixtureOptions {
  readonly clock?: Clock;
  readonly random?: () => number;
  /** What a flat model's bytes become. */
  readonly decode?: (bytes: Uint8Array) => ServingModel;
}

/** SageMaker's models and endpoints over real records, objects in memory, and containers of the test's process. */
export interface EndpointFixture {
  readonly compute: LoopbackCompute;
  readonly objects: ObjectStore;
  readonly records: RecordStore;
  readonly supervisor: EndpointSupervisor;
  /** Lines by `<group> <stream>`. */
  readonly logs: ReadonlyMap<string, readonly string[]>;
  /** `<action> <resource>` that roles are denied; a role of this name cannot be assumed. */
  readonly denied: Set<string>;
  // Inputs and answers differ by operation; tests look at what they need.
  call(name: string, input: object, context?: Partial<CallContext>): Promise<Record<string, unknown>>;
  /** A second server on the same records: the first one's supervisor is closed before. `early` runs while it reads them. */
  restart(early?: () => Promise<void>): Promise<void>;
  settled(endpointName: string): Promise<void>;
  close(): Promise<void>;
}

export async function endpointFixture(options: EndpointFixtureOptions = {}): Promise<EndpointFixture> {
  const directory = temporaryDirectory();
  const database = await openDatabase({ file: join(directory.path, "clary.db"), durable: false });
  const clock = options.clock ?? systemClock();
  const ids = seededIds("endpoints");
  const objects = await diskObjects(database, { directory: join(directory.path, "blobs"), clock, ids });
  const fixture = new Fixture({ records: sqliteRecords(database), objects, clock, ids }, options);
  await fixture.fill();
  return {
    ...fixture.parts,
    get supervisor() {
      return fixture.supervisor;
    },
    call: (name, input, context) => fixture.call(name, input, context),
    restart: (early) => fixture.restart(early),
    settled: (endpointName) => fixture.settled(endpointName),
    async close() {
      await fixture.supervisor.close();
      await fixture.parts.compute.close();
      await database.close();
      directory.remove();
    },
  };
}

/**
 * A model, its endpoint configuration `Config` and the endpoint `Endpoint`, settled. Containers answer
 * `<number of the container>: <body>` unless the test said otherwise. `beforeEndpoint` runs just before the last step.
 */
export async function deployEndpoint(
  fixture: EndpointFixture,
  config: object = {},
  beforeEndpoint: () => unknown = () => undefined,
): Promise<void> {
  fixture.compute.behaviour.invoke ??= (call, response, host) => {
    const number = fixture.compute.hosts.indexOf(host) + 1;
    response.writeHead(200, { "content-type": "text/csv; charset=utf-8" }).end(`${number}: ${call.body.toString()}`);
  };
  await fixture.call("CreateModel", {
    ModelName: "Model",
    ExecutionRoleArn: roleArn,
    PrimaryContainer: { Image: image, ModelDataUrl: modelData, Environment: { A: "b" } },
  });
  await fixture.call("CreateEndpointConfig", {
    EndpointConfigName: "Config",
    ProductionVariants: [
      { VariantName: "AllTraffic", ModelName: "Model", InstanceType: "ml.m4.xlarge", InitialInstanceCount: 1 },
    ],
    ...config,
  });
  beforeEndpoint();
  await fixture.call("CreateEndpoint", { EndpointName: "Endpoint", EndpointConfigName: "Config" });
  await fixture.settled("Endpoint");
}

type Stores = Pick<SageMakerDeps, "records" | "objects" | "clock" | "ids">;

class Fixture {
  readonly parts: Omit<EndpointFixture, "supervisor" | "call" | "restart" | "settled" | "close">;
  supervisor: EndpointSupervisor;
  readonly #shared: Omit<SageMakerDeps, "endpoints" | "jobs">;
  readonly #options: EndpointFixtureOptions;
  readonly #logs = new Map<string, string[]>();
  #services: readonly Service[] = [];

  constructor(stores: Stores, options: EndpointFixtureOptions) {
    const compute = new LoopbackCompute();
    const denied = new Set<string>();
    this.#options = options;
    this.parts = { compute, objects: stores.objects, records: stores.records, logs: this.#logs, denied };
    this.#shared = {
      ...stores,
      compute,
      firstDescribes: new FirstDescribes(stores.clock, 0),
      images: {
        resolve: (uri) =>
          uri === image ? { uri, repository: "xgboost", tag: "1", algorithm: "xgboost", version: "0.72" } : undefined,
        list: () => ["sagemaker-xgboost:1.7-1", "xgboost:1"],
      },
      logs: { open: (_scope, group, stream) => this.#openLog(`${group} ${stream}`) },
      roles: {
        assume: async (arn) =>
          denied.has(arn) || arn !== roleArn
            ? undefined
            : {
                allows: async (action, resource) => !denied.has(`${action} ${resource}`),
                credentials: () => Promise.reject(new Error("hosts get no credentials")),
              },
      },
    };
    this.supervisor = this.#newSupervisor();
  }

  async fill(): Promise<void> {
    await this.parts.objects.createBucket({ name: "models", account, region });
    await this.parts.objects.put("models", "m/model.tar.gz", await modelArchive({ "xgboost-model": "the model" }));
    await this.#resume();
  }

  async restart(early: () => Promise<void> = async () => undefined): Promise<void> {
    await this.supervisor.close();
    this.supervisor = this.#newSupervisor();
    await this.#resume(early);
  }

  settled(endpointName: string): Promise<void> {
    const key = { collection: "sagemaker.endpoint", scope: { account, region }, id: endpointName };
    return this.supervisor.settled(key, new AbortController().signal);
  }

  async call(name: string, input: object, context: Partial<CallContext> = {}): Promise<Record<string, unknown>> {
    for (const { operations } of this.#services) {
      const operation = operations.get(name);
      if (operation !== undefined) {
        const now = this.#shared.clock.now();
        return { ...(await operation.run(input, callContext({ now, ...context }))) };
      }
    }
    throw new Error(`there is no operation ${name}`);
  }

  async #resume(early: () => Promise<void> = async () => undefined): Promise<void> {
    const deps: Omit<SageMakerDeps, "jobs"> = { ...this.#shared, endpoints: this.supervisor };
    this.#services = [
      defineService(
        "sagemaker",
        [...modelOperations, ...endpointConfigOperations, ...endpointOperations, ...tagOperations],
        // None of these operations runs jobs.
        deps as SageMakerDeps,
      ),
      sagemakerRuntimeService({
        endpoints: this.supervisor.routes,
        clock: this.#shared.clock,
        random: this.#options.random ?? (() => 0.5),
        settings: defaultInvocationSettings,
      }),
    ];
    // The first page of records is read before `early` begins, as when a client is quicker than the start.
    const resumed = this.supervisor.resume();
    await early();
    await resumed;
  }

  #newSupervisor(): EndpointSupervisor {
    return new EndpointSupervisor({
      ...this.#shared,
      random: this.#options.random ?? (() => 0.5),
      decodeServingModel: (_algorithm, bytes) => {
        if (this.#options.decode === undefined) {
          throw new Error("not a flat model");
        }
        return this.#options.decode(bytes);
      },
      onError: (error) => {
        throw error;
      },
    });
  }

  #openLog(name: string): { write(line: string): void; flush(): Promise<void> } {
    const lines = this.#logs.get(name) ?? [];
    this.#logs.set(name, lines);
    return { write: (line) => lines.push(line), flush: async () => undefined };
  }
}
