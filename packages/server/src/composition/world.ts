import { createHmac } from "node:crypto";
import type { Logger } from "pino";
import type { Clock, Timer } from "../platform/clock/clock.ts";
import type { DataDirectory } from "../platform/data-directory/data-directory.ts";
import type { Ids } from "../platform/ids/ids.ts";
import {
  BootstrapError,
  bootstrapIdentity,
  createIdentity,
  type BootstrapResult,
  type Identity,
  type KeptIdentity,
} from "../services/iam/index.ts";
import type { Service } from "../services/operation.ts";
import { StartError, type ServerOptions } from "./options.ts";
import { openServices } from "./services.ts";
import { openStorage, type Storage } from "./storage.ts";
import { openWorkloads, type Workloads } from "./workloads.ts";

/** All that lives in one data directory: its state, its identities, its services and what runs for them. */
export interface World {
  readonly account: BootstrapResult;
  readonly identity: Identity;
  readonly services: readonly Service[];
  readonly workloads: Workloads;
  /** Brings back jobs and endpoints, and clears up after a crash. For when the server listens. */
  resume(): Promise<void>;
  /** Ends what runs so that the next start takes it up again, and writes out what waits. */
  close(): Promise<void>;
}

export interface WorldParts {
  readonly options: ServerOptions;
  readonly directory: DataDirectory;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}

/** @param kept the identity of a world that was emptied; absent for the first one. */
export async function openWorld(parts: WorldParts, kept?: KeptIdentity): Promise<World> {
  const { options, directory, clock, ids, log } = parts;
  const storage = await openStorage(directory, clock, ids);
  const account = await bootstrap(parts, storage, kept);
  const identity = await createIdentity({
    records: storage.records,
    clock,
    ids,
    resourcePolicy: bucketPolicies(storage),
  });
  const workloads = await openWorkloads({
    directory,
    storage,
    identity,
    clock,
    ids,
    log,
    environment: options.environment,
  });
  const services = openServices(storage, identity, workloads, ids);
  const keepRetention = hourly(
    clock,
    () => storage.logs.sweep(),
    (error) => log.error({ err: error }, "log retention"),
  );
  let resuming: Promise<void> = Promise.resolve();
  return {
    account,
    identity,
    services,
    workloads,
    resume() {
      resuming = takeUp({ storage, workloads, keepRetention });
      return resuming;
    },
    async close() {
      keepRetention.end();
      await Promise.all([workloads.sagemaker.jobs.close(), workloads.endpoints.close()]);
      await workloads.compute.close();
      // A server may be stopped while it still clears up; the database stays open for that long.
      await resuming.catch(() => undefined);
      await storage.database.close();
    },
  };
}

/** A secret of this account for one purpose, the same after a restart. */
export function derivedKey(account: BootstrapResult, purpose: string): Buffer {
  return createHmac("sha256", account.rootKey.secretAccessKey).update(`clary:${purpose}`).digest();
}

async function bootstrap(
  { options, clock, ids }: WorldParts,
  { records }: Storage,
  kept: KeptIdentity | undefined,
): Promise<BootstrapResult> {
  const { CLARY_ROOT_ACCESS_KEY_ID: accessKeyId, CLARY_ROOT_SECRET_ACCESS_KEY: secretAccessKey } = options.environment;
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    throw new StartError("CLARY_ROOT_ACCESS_KEY_ID and CLARY_ROOT_SECRET_ACCESS_KEY are set together or not at all.");
  }
  const rootKey =
    accessKeyId === undefined || secretAccessKey === undefined ? undefined : { accessKeyId, secretAccessKey };
  try {
    const chosen = {
      ...(options.accountId && { account: options.accountId }),
      ...(rootKey && { rootKey }),
      ...(kept && { kept }),
    };
    return await bootstrapIdentity({ records, clock, ids }, chosen);
  } catch (error) {
    throw error instanceof BootstrapError ? new StartError(error.message) : error;
  }
}

/** The policy of the bucket that an S3 ARN names. */
function bucketPolicies({ objects }: Storage): (resource: string) => Promise<string | undefined> {
  return async (resource) => {
    const [, bucket] = /^arn:aws:s3:::([^/]+)/.exec(resource) ?? [];
    return bucket === undefined ? undefined : (await objects.getBucket(bucket))?.settings["policy"];
  };
}

interface LeftWork {
  readonly storage: Storage;
  readonly workloads: Workloads;
  readonly keepRetention: Hourly;
}

async function takeUp({ storage, workloads, keepRetention }: LeftWork): Promise<void> {
  await Promise.all([workloads.sagemaker.jobs.resume(), workloads.endpoints.resume()]);
  await storage.objects.sweep();
  await keepRetention.begin();
}

interface Hourly {
  begin(): Promise<void>;
  end(): void;
}

/** Runs a task at once and then every hour, until its end is called. */
function hourly(clock: Clock, task: () => Promise<void>, onError: (error: unknown) => void): Hourly {
  let timer: Timer | undefined;
  let ended = false;
  const run = async (): Promise<void> => {
    if (!ended) {
      await task().catch(onError);
    }
    if (!ended) {
      timer = clock.schedule(3_600_000, () => void run());
    }
  };
  return {
    begin: run,
    end() {
      ended = true;
      timer?.cancel();
    },
  };
}
