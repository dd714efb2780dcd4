import type { Readable } from "node:stream";
import type { RunningWorkload, WorkloadFile } from "../../../../platform/compute/compute-backend.ts";
import { objectsUnder, type RoleAccess } from "../../jobs/role-access.ts";
import type { TrainingJobBody } from "../training-job-record.ts";
import { objectArn, type S3Location, s3Uri } from "../../s3-uri.ts";
import { clientError } from "../../jobs/job-failure.ts";
import { requireLocation, storeObject } from "./store-artifacts.ts";

/** Where a job's checkpoints are, in S3 and below `/opt/ml`. */
export interface CheckpointPlace {
  readonly location: S3Location;
  readonly directory: string;
}

/** Undefined for jobs without a CheckpointConfig. */
export function checkpointPlace({ CheckpointConfig: config }: TrainingJobBody["request"]): CheckpointPlace | undefined {
  if (config === undefined) {
    return undefined;
  }
  const { bucket, key } = requireLocation(config.S3Uri);
  const local = (config.LocalPath ?? "/opt/ml/checkpoints").replace(/\/+$/, "");
  return {
    location: { bucket, key: key === "" || key.endsWith("/") ? key : `${key}/` },
    directory: local.slice("/opt/ml/".length),
  };
}

/** The files that an earlier attempt, or an earlier job, left in S3. */
export async function restoredCheckpoints(
  place: CheckpointPlace,
  access: RoleAccess,
): Promise<readonly WorkloadFile[]> {
  const files: WorkloadFile[] = [];
  if ((await access.objects.getBucket(place.location.bucket)) === undefined) {
    throw clientError(`The bucket of CheckpointConfig.S3Uri ${s3Uri(place.location)} does not exist`);
  }
  for await (const { key } of objectsUnder(access.objects, place.location)) {
    const location = { bucket: place.location.bucket, key };
    if (!key.endsWith("/") && (await access.session.allows("s3:GetObject", objectArn(location)))) {
      const path = `${place.directory}/${key.slice(place.location.key.length)}`;
      files.push({ path, content: () => openObject(location, access) });
    }
  }
  return files;
}

async function openObject(location: S3Location, access: RoleAccess): Promise<Readable> {
  const open = await access.objects.open(location.bucket, location.key);
  if (open === undefined) {
    throw clientError(`The checkpoint ${s3Uri(location)} was deleted while the job started`);
  }
  const stream = open.stream();
  stream.once("close", () => void open.close());
  return stream;
}

/** Copies checkpoints of running hosts to S3: what is new or has changed since the last call. Nothing is deleted there. */
export class CheckpointSync {
  readonly #place: CheckpointPlace;
  readonly #access: RoleAccess;
  readonly #stored = new Map<string, string>();

  constructor(place: CheckpointPlace, access: RoleAccess) {
    this.#place = place;
    this.#access = access;
  }

  async sync(workloads: readonly RunningWorkload[]): Promise<void> {
    for (const workload of workloads) {
      for await (const file of workload.files(this.#place.directory)) {
        const state = `${file.size} ${file.modifiedAt.getTime()}`;
        const name = `${workload.id} ${file.path}`;
        if (this.#stored.get(name) !== state) {
          const { bucket, key } = this.#place.location;
          await storeObject({ bucket, key: key + file.path }, () => file.open(), this.#access);
          this.#stored.set(name, state);
        }
      }
    }
  }
}
