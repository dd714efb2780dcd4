import type { Readable } from "node:stream";
import type { LeftFile } from "../../../../platform/compute/compute-backend.ts";
import type { RoleAccess } from "../../jobs/role-access.ts";
import { objectArn, parseS3Uri, type S3Location, s3Uri } from "../../s3-uri.ts";
import { clientError } from "../../jobs/job-failure.ts";
import type { TrainingJobBody } from "../training-job-record.ts";
import { tarGz } from "./tar-archive.ts";

/** Files of one directory of a job, merged over its hosts, by path. Read afresh each time it is iterated. */
export interface ArtifactFiles {
  readonly model: AsyncIterable<LeftFile>;
  readonly output: AsyncIterable<LeftFile>;
}

/**
 * Stores what a job left and resolves with its `S3ModelArtifacts`: `<S3OutputPath>/<job>/output/model.tar.gz`, or with
 * CompressionType NONE the prefix `…/output/model/`. Everything is durable when it resolves.
 * @throws JobFailure `ClientError: Artifact upload failed:…`
 */
export async function storeArtifacts(
  request: TrainingJobBody["request"],
  files: ArtifactFiles,
  access: RoleAccess,
): Promise<string> {
  const base = outputLocation(request);
  if (await isNotEmpty(files.output)) {
    await storeObject({ ...base, key: `${base.key}output.tar.gz` }, () => tarGz(files.output), access);
  }
  if (request.OutputDataConfig.CompressionType !== "NONE") {
    const archive = { ...base, key: `${base.key}model.tar.gz` };
    await storeObject(archive, () => tarGz(files.model), access);
    return s3Uri(archive);
  }
  const prefix = { ...base, key: `${base.key}model/` };
  for await (const file of files.model) {
    await storeObject({ ...prefix, key: prefix.key + file.path }, () => file.open(), access);
  }
  return s3Uri(prefix);
}

/** `<S3OutputPath>/<job>/output/`, whether or not the path ends in a slash. */
export function outputLocation(request: TrainingJobBody["request"]): S3Location {
  const { bucket, key } = requireLocation(request.OutputDataConfig.S3OutputPath);
  const prefix = key === "" || key.endsWith("/") ? key : `${key}/`;
  return { bucket, key: `${prefix}${request.TrainingJobName}/output/` };
}

/** Fails early, before hours of training, what would fail at the end. */
export async function assertWritable(location: S3Location, access: RoleAccess): Promise<void> {
  if ((await access.objects.getBucket(location.bucket)) === undefined) {
    throw noSuchBucket(location);
  }
  if (!(await access.session.allows("s3:PutObject", objectArn(location)))) {
    throw clientError(
      `Artifact upload failed: PermanentRestrictedAccess (403): the role "${access.roleArn}" may not s3:PutObject on ${s3Uri(location)}`,
    );
  }
}

/** Writes one object as the job's role. */
export async function storeObject(location: S3Location, body: () => Readable, access: RoleAccess): Promise<void> {
  await assertWritable(location, access);
  const result = await access.objects.put(location.bucket, location.key, body());
  if (result.outcome !== "stored") {
    throw noSuchBucket(location);
  }
}

export function requireLocation(uri: string): S3Location {
  const location = parseS3Uri(uri);
  if (location === undefined) {
    throw clientError(`"${uri}" is not an S3 URI`);
  }
  return location;
}

function noSuchBucket(location: S3Location): Error {
  return clientError(`Artifact upload failed: the bucket of ${s3Uri(location)} does not exist`);
}

async function isNotEmpty(files: AsyncIterable<unknown>): Promise<boolean> {
  for await (const _ of files) {
    return true;
  }
  return false;
}
