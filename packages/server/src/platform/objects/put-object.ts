import type { Readable } from "node:stream";
import { StorageError } from "../database/storage-error.ts";
import { encodeFacts, toObjectInfo } from "./object-facts.ts";
import { expectBucket, writeContent, writeObject, type ObjectValues } from "./object-statements.ts";
import type { PutOptions, PutResult } from "./object-store.ts";
import { discardBody, receiveBody, type ReceivedBody } from "./receive-body.ts";
import type { ObjectAddress, StoreContext } from "./store-context.ts";

/** Takes the bytes first, then makes them the object in one transaction, together with what the condition demands. */
export async function putObject(
  context: StoreContext,
  address: ObjectAddress,
  body: Uint8Array | Readable,
  options: PutOptions,
): Promise<PutResult> {
  const received = await receiveBody(context, body, context.inlineLimit, options);
  try {
    const result = await commitObject(context, address, received, options);
    if (result.outcome !== "stored") {
      await discardBody(context, received);
    }
    return result;
  } catch (error) {
    // After a failed commit the disk may still hold the transaction: the next start's sweep will know, we do not.
    if (!(error instanceof StorageError)) {
      await discardBody(context, received);
    }
    throw error;
  }
}

async function commitObject(
  context: StoreContext,
  address: ObjectAddress,
  body: ReceivedBody,
  options: PutOptions,
): Promise<PutResult> {
  const values = objectValues(context, address, body, options);
  const { condition } = options;
  const outcome = await context.database.write([
    // Without a condition only a missing bucket can fail, and writing the object sees that by itself.
    ...(condition === undefined ? [] : [expectBucket(address)]),
    writeContent(values.contentId, body),
    writeObject(values, condition),
  ]);
  context.garbage.notice();
  if (!outcome.committed) {
    const isBucketMissing = condition === undefined || outcome.failedStatement === 0;
    return { outcome: isBucketMissing ? "no-such-bucket" : "condition-failed" };
  }
  return { outcome: "stored", object: toObjectInfo(address, { ...values, modified_at: values.modifiedAt }) };
}

function objectValues(
  context: StoreContext,
  address: ObjectAddress,
  body: ReceivedBody,
  options: PutOptions,
): ObjectValues {
  return {
    ...address,
    contentId: body.kind === "blob" ? body.blob.id : context.contentIds.next(),
    contentKind: body.kind,
    size: body.received.size,
    etag: body.received.md5,
    modifiedAt: context.clock.now().getTime(),
    facts: encodeFacts(options, body.received.checksums),
  };
}
