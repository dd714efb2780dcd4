import { parseS3Uri, type S3Location, s3Uri } from "../../s3-uri.ts";
import { objectsUnder, type RoleAccess } from "../../jobs/role-access.ts";
import { manifestKeys } from "../../jobs/manifest-file.ts";
import { JobFailure } from "../../jobs/job-failure.ts";
import type { TransformJobRequest } from "../transform-job-record.ts";
import { clientError, TransformFailure } from "../run/transform-failure.ts";
import { openObject } from "./open-object.ts";

/** An object to transform. */
export interface InputObject extends S3Location {
  /** Its key below the prefix that was asked for: what the key of its output is made of. */
  readonly path: string;
}

/**
 * The objects of a job, each once, in the order of their keys (or of the manifest). Keys that end in `/` mark folders.
 * @throws TransformFailure when the manifest cannot be read or there is nothing to transform
 */
export async function inputObjects(
  { TransformInput: input }: TransformJobRequest,
  access: RoleAccess,
  signal: AbortSignal,
): Promise<readonly InputObject[]> {
  const source = input.DataSource.S3DataSource;
  const location = parseS3Uri(source.S3Uri);
  if (location === undefined) {
    throw clientError(`"${source.S3Uri}" is not an S3 URI`);
  }
  const found = new Map<string, InputObject>();
  const entries =
    source.S3DataType === "ManifestFile" ? inManifest(location, access, signal) : underPrefix(location, access);
  for await (const object of entries) {
    if (!object.key.endsWith("/")) {
      found.set(s3Uri(object), object);
    }
  }
  if (found.size === 0) {
    throw clientError(`No S3 objects found under S3 URL "${source.S3Uri}" given in input data source.`);
  }
  return [...found.values()];
}

async function* underPrefix(location: S3Location, access: RoleAccess): AsyncIterable<InputObject> {
  const base = location.key.lastIndexOf("/") + 1;
  for await (const { key } of objectsUnder(access.objects, location)) {
    yield { bucket: location.bucket, key, path: key.slice(base) };
  }
}

/** A manifest lists at most some 100,000 keys; a larger object is not one. */
const maxManifestBytes = 64 * 1024 * 1024;

async function* inManifest(location: S3Location, access: RoleAccess, signal: AbortSignal): AsyncIterable<InputObject> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of await openObject(location, access, signal)) {
    size += piece.length;
    if (size > maxManifestBytes) {
      throw clientError(`${s3Uri(location)} is too large for a manifest`);
    }
    pieces.push(piece);
  }
  try {
    yield* manifestKeys(Buffer.concat(pieces, size).toString("utf8"), s3Uri(location));
  } catch (error) {
    throw error instanceof JobFailure ? new TransformFailure(error.message, { cause: error }) : error;
  }
}
