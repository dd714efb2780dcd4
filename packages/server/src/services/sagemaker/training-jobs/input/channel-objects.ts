import type { ObjectStore } from "../../../../platform/objects/object-store.ts";
import { objectsUnder, type RoleAccess } from "../../jobs/role-access.ts";
import { objectArn, parseS3Uri, type S3Location, s3Uri } from "../../s3-uri.ts";
import { clientError } from "../../jobs/job-failure.ts";
import type { TrainingChannelRequest } from "../training-job-record.ts";
import { manifestKeys } from "../../jobs/manifest-file.ts";

/** An object of a channel, and where its file goes. */
export interface ChannelObject extends S3Location {
  readonly size: number;
  /** Below the channel's directory. */
  readonly path: string;
}

/**
 * The objects of a channel in the order of their keys (or of the manifest).
 * @throws JobFailure `ClientError: Data download failed:…` when there are none or the role may not read them.
 */
export async function channelObjects(
  channel: TrainingChannelRequest,
  access: RoleAccess,
): Promise<readonly ChannelObject[]> {
  const source = channel.DataSource.S3DataSource;
  const location = parseS3Uri(source?.S3Uri ?? "");
  if (source === undefined || location === undefined) {
    throw clientError(`Data download failed: channel ${channel.ChannelName} has no S3 data source`);
  }
  const found =
    source.S3DataType === "ManifestFile" ? await inManifest(location, access) : await underPrefix(location, access);
  if (found.length === 0) {
    throw clientError(`Data download failed: no objects were found under ${s3Uri(location)}`);
  }
  for (const object of found) {
    await assertReadable(object, access);
  }
  return found;
}

/** Objects whose key starts with the URI's; their paths begin after its last `/`. Keys that end in `/` mark folders. */
async function underPrefix(location: S3Location, access: RoleAccess): Promise<readonly ChannelObject[]> {
  const base = location.key.lastIndexOf("/") + 1;
  const found: ChannelObject[] = [];
  for await (const { key, size } of objectsUnder(access.objects, location)) {
    if (!key.endsWith("/")) {
      found.push({ bucket: location.bucket, key, size, path: key.slice(base) });
    }
  }
  return found;
}

async function inManifest(location: S3Location, access: RoleAccess): Promise<readonly ChannelObject[]> {
  await assertReadable(location, access);
  const manifest = await access.objects.open(location.bucket, location.key);
  if (manifest === undefined) {
    throw clientError(`Data download failed: the manifest ${s3Uri(location)} does not exist`);
  }
  const text = await readText(manifest, location);
  const found: ChannelObject[] = [];
  for (const entry of manifestKeys(text, s3Uri(location))) {
    const info = await access.objects.head(entry.bucket, entry.key);
    if (info === undefined) {
      throw clientError(
        `Data download failed: ${s3Uri(entry)}, listed in the manifest ${s3Uri(location)}, does not exist`,
      );
    }
    found.push({ bucket: entry.bucket, key: entry.key, size: info.size, path: entry.path });
  }
  return found;
}

/** A manifest lists at most some 100,000 keys; a larger object is not one. */
const maxManifestBytes = 64 * 1024 * 1024;

async function readText(
  manifest: NonNullable<Awaited<ReturnType<ObjectStore["open"]>>>,
  location: S3Location,
): Promise<string> {
  try {
    if (manifest.info.size > maxManifestBytes) {
      throw clientError(`Data download failed: ${s3Uri(location)} is too large for a manifest`);
    }
    return Buffer.from(await manifest.bytes()).toString("utf8");
  } finally {
    await manifest.close();
  }
}

async function assertReadable(location: S3Location, access: RoleAccess): Promise<void> {
  if (!(await access.session.allows("s3:GetObject", objectArn(location)))) {
    throw clientError(
      `Data download failed: PermanentRestrictedAccess (403): the role "${access.roleArn}" may not s3:GetObject on ${s3Uri(location)}`,
    );
  }
}
