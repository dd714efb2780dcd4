import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { DataFormatError } from "@clary/formats";
import { objectArn, type S3Location, s3Uri } from "../../s3-uri.ts";
import type { RoleAccess } from "../../jobs/role-access.ts";
import type { InputObject } from "../input/input-objects.ts";
import { openObject } from "../input/open-object.ts";
import { PayloadTooLargeError } from "../input/payload-too-large-error.ts";
import { payloadsOf, type SplitPlan } from "../input/payloads.ts";
import { assembled } from "../output/assembled.ts";
import type { PayloadProcessor } from "../processing/payload-processor.ts";
import { ProcessingError } from "../processing/processing-error.ts";
import { inOrder } from "./in-order.ts";
import { invokeModel, type ModelCall } from "./invoke-model.ts";
import { ObjectFailure } from "./object-failure.ts";
import type { Slots } from "./slots.ts";

/** How the objects of one host are transformed. */
export interface ObjectTransform {
  readonly access: RoleAccess;
  readonly isGzip: boolean;
  readonly split: SplitPlan;
  readonly processor: PayloadProcessor;
  readonly assembleWith: "None" | "Line";
  readonly call: Omit<ModelCall, "signal">;
  /** One for each request under way. */
  readonly requests: Slots;
  /** One for each payload in memory. */
  readonly room: Slots;
  readonly signal: AbortSignal;
}

/**
 * Reads an object, sends it piece by piece to the model and stores the answers as one object, all at the same time. Nothing is
 * stored unless everything was answered.
 * @throws ObjectFailure; or the signal's reason; or what the stores throw
 */
export async function transformObject(
  object: InputObject,
  target: S3Location,
  transform: ObjectTransform,
): Promise<void> {
  await assertWritable(target, transform.access);
  const over = new AbortController();
  const signal = AbortSignal.any([transform.signal, over.signal]);
  const fail = (error: unknown): never => {
    over.abort(error);
    throw error;
  };
  const ask = (payload: Uint8Array): Promise<Uint8Array> => answerTo(payload, transform, signal).catch(fail);
  try {
    const source = await openObject(object, transform.access, signal);
    const bytes = transform.isGzip ? pipeline(source, createGunzip(), () => undefined) : source;
    const answers = inOrder(payloadsOf(bytes, transform.split), transform.room, ask);
    await store(Readable.from(assembled(answers, transform.assembleWith), { highWaterMark: 1 }), target, transform);
  } catch (error) {
    transform.signal.throwIfAborted();
    // What was thrown first; the store may have wrapped it.
    throw asObjectFailure(over.signal.aborted ? over.signal.reason : error);
  } finally {
    over.abort(new Error("the object's transform is over"));
  }
}

async function answerTo(payload: Uint8Array, transform: ObjectTransform, signal: AbortSignal): Promise<Uint8Array> {
  try {
    const prepared = transform.processor.prepare(payload);
    const release = await transform.requests.acquire();
    try {
      signal.throwIfAborted();
      return prepared.finish(await invokeModel(prepared.body, { ...transform.call, signal }));
    } finally {
      release();
    }
  } finally {
    transform.split.buffers.giveBack(payload);
  }
}

async function assertWritable(target: S3Location, { session, roleArn }: RoleAccess): Promise<void> {
  if (!(await session.allows("s3:PutObject", objectArn(target)))) {
    throw new ObjectFailure("client", [
      `Access denied: the role "${roleArn}" is not allowed to s3:PutObject on ${s3Uri(target)}`,
    ]);
  }
}

async function store(body: Readable, target: S3Location, { access }: ObjectTransform): Promise<void> {
  const result = await access.objects.put(target.bucket, target.key, body);
  if (result.outcome !== "stored") {
    throw new ObjectFailure("client", [`The bucket of ${s3Uri(target)} does not exist`]);
  }
}

/** What is wrong with the data is the object's failure; anything else is passed on as it is. */
function asObjectFailure(error: unknown): unknown {
  if (error instanceof PayloadTooLargeError || error instanceof DataFormatError || error instanceof ProcessingError) {
    return new ObjectFailure("client", [error.message], { cause: error });
  }
  if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_")) {
    return new ObjectFailure("client", [`The object is not valid gzip data: ${error.message}`], { cause: error });
  }
  return error;
}
