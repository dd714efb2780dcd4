import type { Readable } from "node:stream";
import { StorageError } from "../../database/storage-error.ts";
import { queries, statement, template } from "../../database/queries.ts";
import type { PutOptions, UploadedPart } from "../object-store.ts";
import { writeContent } from "../object-statements.ts";
import { discardBody, receiveBody, type ReceivedBody } from "../receive-body.ts";
import type { StoreContext } from "../store-context.ts";
import { toPart, type PartRow } from "./upload-rows.ts";

export interface PartAddress {
  readonly uploadId: string;
  readonly partNumber: number;
}

/** Meets its expectation while the upload is there. */
export const expectUpload: (values: { uploadId: string }) => ReturnType<typeof statement> = template<{
  uploadId: string;
}>((value) => queries.selectFrom("uploads").select("upload_id").where("upload_id", "=", value("uploadId")), {
  returning: true,
  expectChanges: 1,
});

/** A part is a blob of its own, whatever its size, so that completing an upload moves no bytes. Undefined without the upload. */
export async function putPart(
  context: StoreContext,
  address: PartAddress,
  body: Uint8Array | Readable,
  options: Pick<PutOptions, "algorithms" | "verify">,
): Promise<UploadedPart | undefined> {
  const received = await receiveBody(context, body, -1, options);
  try {
    const part = await commitPart(context, address, received);
    if (part === undefined) {
      await discardBody(context, received);
    }
    return part;
  } catch (error) {
    // See `putObject`.
    if (!(error instanceof StorageError)) {
      await discardBody(context, received);
    }
    throw error;
  }
}

async function commitPart(
  context: StoreContext,
  address: PartAddress,
  body: ReceivedBody,
): Promise<UploadedPart | undefined> {
  const blobId = body.kind === "blob" ? body.blob.id : context.contentIds.next();
  const row: PartRow = {
    part_number: address.partNumber,
    blob_id: blobId,
    size: body.received.size,
    etag: body.received.md5,
    modified_at: context.clock.now().getTime(),
    checksums: JSON.stringify(body.received.checksums),
  };
  const { part_number: _, ...changes } = row;
  const upsert = queries
    .insertInto("upload_parts")
    .values({ upload_id: address.uploadId, ...row })
    .onConflict((conflict) => conflict.columns(["upload_id", "part_number"]).doUpdateSet(changes));
  const outcome = await context.database.write([
    expectUpload({ uploadId: address.uploadId }),
    writeContent(blobId, body),
    statement(upsert),
  ]);
  context.garbage.notice();
  return outcome.committed ? toPart(row) : undefined;
}
