import type { Clock } from "../clock/clock.ts";
import type { Database } from "../database/database.ts";
import type { Ids } from "../ids/ids.ts";
import type { BlobFiles } from "./blobs/blob-files.ts";
import type { BlobGarbage } from "./blobs/blob-garbage.ts";
import type { BlobHolds } from "./blobs/blob-holds.ts";
import type { ContentIds } from "./content-ids.ts";
import type { FreeSpace } from "./free-space.ts";

/** What the parts of the object store share. */
export interface StoreContext {
  readonly database: Database;
  readonly files: BlobFiles;
  readonly holds: BlobHolds;
  readonly garbage: BlobGarbage;
  readonly contentIds: ContentIds;
  readonly space: FreeSpace;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Objects up to this many bytes live in the database. */
  readonly inlineLimit: number;
}

export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
}
