import { sql } from "kysely";
import type { Statement } from "../../database/database.ts";
import { queries, statement } from "../../database/queries.ts";
import { multipartChecksum, multipartEtag } from "../checksums/multipart-checksums.ts";
import { encodeFacts, toObjectInfo } from "../object-facts.ts";
import { expectBucket, writeObject, type ObjectValues } from "../object-statements.ts";
import type { Checksum, PutOptions, PutResult } from "../object-store.ts";
import type { StoreContext } from "../store-context.ts";
import { expectUpload } from "./put-part.ts";
import { factsOf, toPart, type UploadFacts } from "./upload-rows.ts";
import { findUpload, findParts } from "./find-upload.ts";

type CompleteOptions = Pick<PutOptions, "condition" | "verify">;

/** Makes the parts the object, in one transaction that costs as much as there are parts, whatever their size. */
export async function completeUpload(
  context: StoreContext,
  uploadId: string,
  partNumbers: readonly number[],
  options: CompleteOptions,
): Promise<PutResult> {
  const upload = await findUpload(context, uploadId);
  if (upload === undefined) {
    return { outcome: "no-such-upload" };
  }
  const wanted = new Set(partNumbers);
  const parts = (await findParts(context, uploadId)).filter((part) => wanted.has(part.part_number));
  const facts = factsOf(upload);
  const checksums = checksumsOf(facts, parts.map(toPart));
  const etag = multipartEtag(parts.map(toPart));
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  options.verify?.({ size, md5: etag, checksums });

  const values: ObjectValues = {
    bucket: upload.bucket,
    key: upload.key,
    contentId: context.contentIds.next(),
    contentKind: "parts",
    size,
    etag,
    modifiedAt: context.clock.now().getTime(),
    facts: encodeFacts(facts, checksums),
  };
  const blobIds = parts.map((part) => part.blob_id);
  const outcome = await context.database.write([
    expectUpload({ uploadId }),
    expectBucket({ bucket: upload.bucket }),
    ...composeStatements(uploadId, values.contentId, blobIds),
    writeObject(values, options.condition),
    ...endUpload(uploadId),
    keepBlobs(values.contentId),
  ]);
  context.garbage.notice();
  if (!outcome.committed) {
    return { outcome: failure(outcome.failedStatement) };
  }
  const partSizes = parts.map((part) => part.size);
  return {
    outcome: "stored",
    object: toObjectInfo(upload, { ...values, modified_at: values.modifiedAt }, partSizes),
  };
}

/** The first two statements look for the upload and its bucket; the third fails when a part was replaced since it was read. */
function failure(failedStatement: number): Exclude<PutResult["outcome"], "stored"> {
  return (["no-such-upload", "no-such-bucket", "no-such-upload"] as const)[failedStatement] ?? "condition-failed";
}

function checksumsOf(facts: UploadFacts, parts: Parameters<typeof multipartEtag>[0]): readonly Checksum[] {
  if (facts.algorithm === undefined) {
    return [];
  }
  const checksum = multipartChecksum(facts.algorithm, facts.checksumType ?? "COMPOSITE", parts);
  return checksum === undefined ? [] : [checksum];
}

function composeStatements(uploadId: string, contentId: number, blobIds: readonly number[]): readonly Statement[] {
  const compose = queries
    .insertInto("content_parts")
    .columns(["content_id", "part_number", "blob_id", "size"])
    .expression((expression) =>
      expression
        .selectFrom("upload_parts")
        .select([sql<number>`${contentId}`.as("content_id"), "part_number", "blob_id", "size"])
        .where("upload_id", "=", uploadId)
        .where("blob_id", "in", sql<number>`(select value from json_each(${JSON.stringify(blobIds)}))`),
    );
  return [statement(compose, { expectChanges: blobIds.length })];
}

/** The upload and its parts go; a trigger notes the parts' blobs as garbage. */
export function endUpload(uploadId: string): readonly Statement[] {
  return [
    statement(queries.deleteFrom("upload_parts").where("upload_id", "=", uploadId)),
    statement(queries.deleteFrom("uploads").where("upload_id", "=", uploadId), { expectChanges: 1 }),
  ];
}

function keepBlobs(contentId: number): Statement {
  const kept = queries.selectFrom("content_parts").select("blob_id").where("content_id", "=", contentId);
  return statement(queries.deleteFrom("garbage").where("blob_id", "in", kept));
}
