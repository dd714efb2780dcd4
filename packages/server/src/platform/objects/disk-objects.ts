import type { Clock } from "../clock/clock.ts";
import type { Database } from "../database/database.ts";
import type { Ids } from "../ids/ids.ts";
import { openBlobFiles } from "./blobs/blob-files.ts";
import { blobGarbage } from "./blobs/blob-garbage.ts";
import { BlobHolds } from "./blobs/blob-holds.ts";
import { bucketOperations } from "./buckets.ts";
import { openContentIds } from "./content-ids.ts";
import { deleteObjects, setObjectTags } from "./delete-objects.ts";
import { freeSpace } from "./free-space.ts";
import { listObjects } from "./list-objects.ts";
import type { ObjectStore } from "./object-store.ts";
import { putObject } from "./put-object.ts";
import { headObject, openStoredObject } from "./read-object.ts";
import type { StoreContext } from "./store-context.ts";
import { uploadOperations } from "./uploads/upload-operations.ts";

export interface DiskObjectsOptions {
  /** Where blobs are kept; on the same file system as the database or not. */
  readonly directory: string;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Objects up to this many bytes live in the database. */
  readonly inlineLimit?: number;
}

/** The object store, with the house-keeping that it leaves to its owner. */
export interface DiskObjects extends ObjectStore {
  /** Removes bytes that nothing refers to, also those that crashes left. Meant for when the server is ready. */
  sweep(): Promise<void>;
}

/** See docs/storage.md for the measurements behind it. */
const defaultInlineLimit = 64 * 1024;

/** Objects with their metadata in the embedded database, small ones there with their bytes, others as files. */
export async function diskObjects(database: Database, options: DiskObjectsOptions): Promise<DiskObjects> {
  const files = await openBlobFiles(options.directory);
  await files.removeUnfinished();
  const holds = new BlobHolds();
  const contentIds = await openContentIds(database);
  const garbage = blobGarbage({ database, files, holds, firstId: contentIds.first });
  const context: StoreContext = {
    database,
    files,
    holds,
    garbage,
    contentIds,
    space: freeSpace(options.directory),
    clock: options.clock,
    ids: options.ids,
    inlineLimit: options.inlineLimit ?? defaultInlineLimit,
  };
  return {
    ...bucketOperations(context),
    ...uploadOperations(context),
    put: (bucket, key, body, putOptions) => putObject(context, { bucket, key }, body, putOptions ?? {}),
    head: (bucket, key) => headObject(context, { bucket, key }),
    open: (bucket, key) => openStoredObject(context, { bucket, key }),
    delete: async (bucket, key) => (await deleteObjects(context, bucket, [key])) > 0,
    deleteMany: async (bucket, keys) => void (await deleteObjects(context, bucket, keys)),
    setTags: (bucket, key, tags) => setObjectTags(context, { bucket, key }, tags),
    list: (bucket, query) => listObjects(context, bucket, query),
    sweep: () => garbage.sweep(),
  };
}
