import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import type {
  Bucket,
  ByteRange,
  ObjectInfo,
  ObjectStore,
  OpenObject,
  PutOptions,
  PutResult,
  WriteCondition,
} from "../../../platform/objects/object-store.ts";
import { receivedBytes } from "./memory-checksums.ts";
import { compareBytes, listNames } from "./memory-listing.ts";
import { memoryUploads, type UploadStore } from "./memory-uploads.ts";

export interface StoredObject {
  readonly info: ObjectInfo;
  readonly bytes: Uint8Array;
}

/** What the uploads need of the objects. */
export interface ObjectWriter {
  hasBucket(bucket: string): boolean;
  store(object: StoredObject, condition: WriteCondition | undefined): PutResult;
}

/** An object store in memory for unit tests of operations; `now` stands in for the clock. */
export function memoryObjects(now: () => Date): ObjectStore {
  const buckets = new Map<string, Bucket>();
  const contents = new Map<string, Map<string, StoredObject>>();
  const writer: ObjectWriter = {
    hasBucket: (bucket) => buckets.has(bucket),
    store(object, condition) {
      const keys = contents.get(object.info.bucket);
      if (keys === undefined) {
        return { outcome: "no-such-bucket" };
      }
      if (!holds(condition, keys.get(object.info.key)?.info)) {
        return { outcome: "condition-failed" };
      }
      keys.set(object.info.key, object);
      return { outcome: "stored", object: object.info };
    },
  };
  const uploads: UploadStore = memoryUploads(writer, now);

  return {
    ...bucketMethods(buckets, contents, now),
    ...objectMethods(contents, writer, now),
    ...uploads,
  };
}

type Contents = Map<string, Map<string, StoredObject>>;

function bucketMethods(
  buckets: Map<string, Bucket>,
  contents: Contents,
  now: () => Date,
): Pick<ObjectStore, "createBucket" | "getBucket" | "listBuckets" | "setBucketSetting" | "deleteBucket"> {
  return {
    async createBucket(wanted) {
      if (buckets.has(wanted.name)) {
        return undefined;
      }
      const bucket = { ...wanted, createdAt: now(), settings: {} };
      buckets.set(wanted.name, bucket);
      contents.set(wanted.name, new Map());
      return bucket;
    },
    getBucket: async (name) => buckets.get(name),
    listBuckets: async (account) => [...buckets.values()].filter((bucket) => bucket.account === account),
    async setBucketSetting(name, setting, value) {
      const bucket = buckets.get(name);
      if (bucket === undefined) {
        return false;
      }
      const { [setting]: _old, ...others } = bucket.settings;
      buckets.set(name, { ...bucket, settings: value === undefined ? others : { ...others, [setting]: value } });
      return true;
    },
    async deleteBucket(name) {
      const keys = contents.get(name);
      if (keys === undefined) {
        return "no-such-bucket";
      }
      if (keys.size > 0) {
        return "not-empty";
      }
      buckets.delete(name);
      contents.delete(name);
      return "deleted";
    },
  };
}

function objectMethods(
  contents: Contents,
  writer: ObjectWriter,
  now: () => Date,
): Pick<ObjectStore, "put" | "head" | "open" | "delete" | "deleteMany" | "setTags" | "list"> {
  const find = (bucket: string, key: string): StoredObject | undefined => contents.get(bucket)?.get(key);
  return {
    async put(bucket, key, body, options = {}) {
      const bytes = body instanceof Uint8Array ? body : await buffer(body);
      return writer.store(newObject({ bucket, key, lastModified: now() }, bytes, options), options.condition);
    },
    head: async (bucket, key) => find(bucket, key)?.info,
    async open(bucket, key) {
      const object = find(bucket, key);
      return object === undefined ? undefined : opened(object);
    },
    delete: async (bucket, key) => contents.get(bucket)?.delete(key) ?? false,
    async deleteMany(bucket, keys) {
      keys.forEach((key) => contents.get(bucket)?.delete(key));
    },
    async setTags(bucket, key, tags) {
      const object = find(bucket, key);
      if (object !== undefined) {
        contents.get(bucket)?.set(key, { ...object, info: { ...object.info, tags } });
      }
      return object !== undefined;
    },
    async list(bucket, query) {
      const keys = contents.get(bucket) ?? new Map<string, StoredObject>();
      const { names, prefixes, next } = listNames([...keys.keys()].toSorted(compareBytes), query);
      const objects = names.flatMap((name) => keys.get(name)?.info ?? []);
      return { objects, commonPrefixes: prefixes, ...(next === undefined ? {} : { next }) };
    },
  };
}

function newObject(
  identity: Pick<ObjectInfo, "bucket" | "key" | "lastModified">,
  bytes: Uint8Array,
  options: PutOptions,
): StoredObject {
  const received = receivedBytes(bytes, options.algorithms ?? []);
  options.verify?.(received);
  const info = {
    ...identity,
    size: received.size,
    etag: received.md5,
    systemMetadata: options.systemMetadata ?? {},
    userMetadata: options.userMetadata ?? {},
    checksums: received.checksums,
    tags: options.tags ?? {},
  };
  return { info, bytes };
}

function opened({ info, bytes }: StoredObject): OpenObject {
  const slice = (range?: ByteRange): Uint8Array =>
    range === undefined ? bytes : bytes.subarray(range.start, range.end + 1);
  return {
    info,
    stream: (range) => Readable.from([slice(range)]),
    bytes: async (range) => slice(range),
    close: async () => undefined,
  };
}

function holds(condition: WriteCondition | undefined, current: ObjectInfo | undefined): boolean {
  if (condition === undefined) {
    return true;
  }
  return condition.type === "absent" ? current === undefined : current?.etag === condition.etag;
}
