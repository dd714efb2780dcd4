import type { Readable } from "node:stream";
import type { WorkloadFile } from "../../../../platform/compute/compute-backend.ts";
import type { ObjectInfo, ObjectStore } from "../../../../platform/objects/object-store.ts";
import type { RoleSession } from "../../deps.ts";
import { objectArn, type S3Location } from "../../s3-uri.ts";
import type { ModelData } from "../model-data-source.ts";
import { ArchiveError } from "./archive-error.ts";
import { archiveFiles } from "./archive-files.ts";
import { archivePath } from "./archive-path.ts";
import { defaultArchiveLimits } from "./archive-limits.ts";
import { ModelDataError } from "./model-data-error.ts";

const directory = "model";
const listPageSize = 1000;

/**
 * The files that a container finds below `/opt/ml/model`, read with the rights of the model's role.
 * @throws ModelDataError when the data is gone, may not be read, or is no archive that can be unpacked.
 */
export async function modelFiles(
  data: ModelData,
  role: RoleSession,
  objects: ObjectStore,
): Promise<readonly WorkloadFile[]> {
  if (!(await role.allows("s3:GetObject", objectArn(data.location)))) {
    throw ModelDataError.download(data.uri);
  }
  return data.form === "archive" ? archived(data, objects) : plain(data, objects);
}

async function archived(data: ModelData, objects: ObjectStore): Promise<readonly WorkloadFile[]> {
  const info = await objects.head(data.location.bucket, data.location.key);
  if (info === undefined) {
    throw ModelDataError.download(data.uri);
  }
  const open = (): Promise<Readable> => openUnchanged(data.location, info.etag, data.uri, objects);
  try {
    return await archiveFiles(open, directory, defaultArchiveLimits);
  } catch (error) {
    throw error instanceof ArchiveError ? ModelDataError.archive(data.uri, error) : error;
  }
}

async function plain(
  data: Extract<ModelData, { form: "objects" }>,
  objects: ObjectStore,
): Promise<readonly WorkloadFile[]> {
  const { bucket, key } = data.location;
  const found = data.single ? await single(objects, data.location) : await below(objects, data.location);
  const start = data.single ? key.lastIndexOf("/") + 1 : key.length;
  const files = found.map((info) => ({
    path: `${directory}/${archivePath(info.key.slice(start))}`,
    content: () => openUnchanged({ bucket, key: info.key }, info.etag, data.uri, objects),
  }));
  if (files.length === 0) {
    throw ModelDataError.download(data.uri);
  }
  return files;
}

async function single(objects: ObjectStore, { bucket, key }: S3Location): Promise<readonly ObjectInfo[]> {
  const info = await objects.head(bucket, key);
  return info === undefined ? [] : [info];
}

/** Objects below a prefix; keys that end in `/` are what consoles make for folders. */
async function below(objects: ObjectStore, { bucket, key: prefix }: S3Location): Promise<readonly ObjectInfo[]> {
  const found: ObjectInfo[] = [];
  let after: string | undefined = "";
  while (after !== undefined) {
    const page: Awaited<ReturnType<ObjectStore["list"]>> = await objects.list(bucket, {
      prefix,
      delimiter: "",
      after,
      limit: listPageSize,
    });
    found.push(...page.objects.filter((info) => !info.key.endsWith("/")));
    after = page.next;
  }
  return found;
}

/** The bytes of an object as long as it is the one that was looked at before. */
async function openUnchanged(
  { bucket, key }: S3Location,
  etag: string,
  uri: string,
  objects: ObjectStore,
): Promise<Readable> {
  const object = await objects.open(bucket, key);
  if (object === undefined) {
    throw ModelDataError.download(uri);
  }
  if (object.info.etag !== etag) {
    await object.close();
    throw ModelDataError.download(uri);
  }
  const stream = object.stream();
  stream.once("close", () => {
    // Nothing more can be done about a descriptor that does not close; the bytes were read and checked.
    object.close().catch(() => undefined);
  });
  return stream;
}
