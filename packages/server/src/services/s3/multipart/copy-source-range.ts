import type { ByteRange } from "../../../platform/objects/object-store.ts";
import { invalidArgument } from "../errors.ts";

const header = "x-amz-copy-source-range";

/** Unlike `Range`, this one must be written `bytes=first-last` and lie within the source. @throws InvalidArgument. */
export function copySourceRange(value: string, size: number): ByteRange {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(value) ?? [];
  if (first === undefined || last === undefined || Number(first) > Number(last)) {
    const message =
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy";
    throw invalidArgument(message, header, value);
  }
  if (Number(last) >= size) {
    throw invalidArgument(`Range specified is not valid for source object of size: ${size}`, header, value);
  }
  return { start: Number(first), end: Number(last) };
}
