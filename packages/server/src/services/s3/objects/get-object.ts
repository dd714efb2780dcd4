import type { Readable } from "node:stream";
import type { OpenObject } from "../../../platform/objects/object-store.ts";
import { requireOpenObject } from "../shared/require-object.ts";
import type { S3Operation, S3Output } from "../shared/s3-operation.ts";
import { selectBytes, type ByteSelection } from "./byte-selection.ts";
import { objectPermission } from "./object-permissions.ts";
import { checkOverrides, readAnswer } from "./read-answer.ts";
import { checkReadConditions } from "./read-conditions.ts";
import { refuseUnsupportedHeaders } from "./stored-attributes.ts";

/** Up to this many bytes an answer is sent from memory, in one write; more is streamed. */
const inMemory = 64 * 1024;

/** Reads an object or a part of it. An answer with `ContentRange` is a 206. */
export const getObject: S3Operation<"GetObject"> = {
  name: "GetObject",

  permissions: (input) => objectPermission("GetObject", input),

  async run(input, context, deps) {
    refuseUnsupportedHeaders(input);
    checkOverrides(input, context);
    const object = await requireOpenObject(deps, input, context);
    try {
      checkReadConditions(input, object.info);
      const selection = selectBytes(input, object.info);
      return { ...readAnswer(input, object.info, selection), Body: await content(object, selection) };
    } catch (error) {
      await object.close();
      throw error;
    }
  },
};

/** Closes the object when its bytes have been taken or the reader has gone. */
async function content(object: OpenObject, { range, length }: ByteSelection): Promise<Body> {
  if (length <= inMemory) {
    const bytes = await object.bytes(range);
    await object.close();
    return asBody(bytes);
  }
  const stream = object.stream(range);
  // The bytes are out, or the reader has gone: nobody is left to tell that closing failed.
  stream.once("close", () => void object.close().catch(() => undefined));
  return asBody(stream);
}

type Body = NonNullable<S3Output<"GetObject">["Body"]>;

/** The client's type of a body adds methods that only the client's side has; the wire wants bytes or a stream. */
function asBody(body: Uint8Array | Readable): Body {
  return body as unknown as Body;
}
