import type { ObjectStore } from "../object-store.ts";
import type { StoreContext } from "../store-context.ts";
import { completeUpload, endUpload } from "./complete-upload.ts";
import { createUpload } from "./create-upload.ts";
import { findParts, findUpload } from "./find-upload.ts";
import { listUploads } from "./list-uploads.ts";
import { putPart } from "./put-part.ts";
import { toPart, toUpload } from "./upload-rows.ts";

export type UploadOperations = Pick<
  ObjectStore,
  "createUpload" | "getUpload" | "putPart" | "listParts" | "listUploads" | "completeUpload" | "abortUpload"
>;

export function uploadOperations(context: StoreContext): UploadOperations {
  return {
    createUpload: (bucket, key, options) => createUpload(context, { bucket, key }, options),
    async getUpload(bucket, key, uploadId) {
      const row = await findUpload(context, uploadId);
      return row?.bucket === bucket && row.key === key ? toUpload(bucket, row) : undefined;
    },
    putPart: (uploadId, partNumber, body, options) => putPart(context, { uploadId, partNumber }, body, options ?? {}),
    listParts: async (uploadId, after, limit) => (await findParts(context, uploadId, after, limit)).map(toPart),
    listUploads: (bucket, query) => listUploads(context, bucket, query),
    completeUpload: (uploadId, partNumbers, options) => completeUpload(context, uploadId, partNumbers, options ?? {}),
    async abortUpload(uploadId) {
      const outcome = await context.database.write(endUpload(uploadId));
      context.garbage.notice();
      return outcome.committed;
    },
  };
}
