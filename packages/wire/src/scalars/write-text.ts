import type { ScalarShape } from "../model/shape.ts";
import { encodeBase64 } from "./blobs.ts";
import { timestampWriter, type WrittenTimestamp } from "./timestamps.ts";

/** The writer of a scalar's text form. `timestamps` is the format of timestamps that name none. */
export function textWriter(shape: ScalarShape, timestamps: WrittenTimestamp): (value: unknown) => string {
  if (shape.type === "timestamp") {
    return timestampWriter(shape.format ?? timestamps);
  }
  if (shape.type === "blob") {
    return encodeBase64;
  }
  return shape.type === "document" ? (value) => JSON.stringify(value) : String;
}
