import type { ByteRange, ObjectInfo } from "../../../platform/objects/object-store.ts";
import { invalidPartNumber, invalidRange, invalidRequest } from "../errors.ts";

/** Which bytes of an object a read asks for. */
export interface ByteSelection {
  /** Absent for the whole object. */
  readonly range?: ByteRange;
  readonly length: number;
  /** Present when the answer is partial, which also makes its status 206. */
  readonly contentRange?: string;
  /** Present when a part of a multipart object was asked for. */
  readonly partsCount?: number;
}

interface SelectionMembers {
  readonly Range?: string | undefined;
  readonly PartNumber?: number | undefined;
}

/** @throws InvalidRange and InvalidPartNumber (416); InvalidRequest when both a range and a part are given. */
export function selectBytes({ Range, PartNumber }: SelectionMembers, info: ObjectInfo): ByteSelection {
  if (PartNumber !== undefined) {
    if (Range !== undefined) {
      throw invalidRequest("Cannot specify both Range header and partNumber query parameter");
    }
    return selectPart(PartNumber, info);
  }
  const range = Range === undefined ? undefined : parseRange(Range, info.size);
  return range === undefined ? { length: info.size } : partial(range, info.size);
}

/**
 * One `bytes=` range, clamped to the object. S3 ignores what it cannot read and lists of ranges, and then answers with the
 * whole object; a readable range outside the object is an error.
 */
function parseRange(header: string, size: number): ByteRange | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header.trim()) ?? [];
  if (first === "") {
    return last === "" ? undefined : suffix(Number(last), header, size);
  }
  const end = last === "" ? Infinity : Number(last);
  if (Number(first) > end) {
    return undefined;
  }
  if (Number(first) >= size) {
    throw invalidRange(header, size);
  }
  return { start: Number(first), end: Math.min(end, size - 1) };
}

/** The last `length` bytes. */
function suffix(length: number, header: string, size: number): ByteRange {
  if (length === 0 || size === 0) {
    throw invalidRange(header, size);
  }
  return { start: Math.max(size - length, 0), end: size - 1 };
}

/** Objects that were put in one piece have one part. */
function selectPart(partNumber: number, { partSizes, size }: ObjectInfo): ByteSelection {
  const sizes = partSizes ?? [size];
  const length = sizes[partNumber - 1];
  if (!Number.isInteger(partNumber) || length === undefined) {
    throw invalidPartNumber(partNumber, sizes.length);
  }
  if (length === 0) {
    return { length: size };
  }
  const start = sizes.slice(0, partNumber - 1).reduce((sum, part) => sum + part, 0);
  const selection = partial({ start, end: start + length - 1 }, size);
  return partSizes === undefined ? selection : { ...selection, partsCount: sizes.length };
}

function partial(range: ByteRange, size: number): ByteSelection {
  return {
    range,
    length: range.end - range.start + 1,
    contentRange: `bytes ${range.start}-${range.end}/${size}`,
  };
}
