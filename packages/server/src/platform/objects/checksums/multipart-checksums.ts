import { createHash } from "node:crypto";
import type { Checksum, ChecksumAlgorithm } from "../object-store.ts";
import { combineCrc, isCombinable } from "./combine-crc.ts";
import { runningChecksum } from "./running-checksums.ts";

export interface PartChecksums {
  readonly size: number;
  /** MD5 in hex. */
  readonly etag: string;
  readonly checksums: readonly Checksum[];
}

/** S3's ETag of a multipart object: the MD5 of its parts' MD5s, and their number. */
export function multipartEtag(parts: readonly PartChecksums[]): string {
  const hash = createHash("md5");
  parts.forEach((part) => hash.update(part.etag, "hex"));
  return `${hash.digest("hex")}-${parts.length}`;
}

/**
 * The checksum of an object of parts: of the parts' checksums (`COMPOSITE`), or of all bytes, which only CRCs can give without
 * reading them. Undefined when a part lacks the algorithm.
 */
export function multipartChecksum(
  algorithm: ChecksumAlgorithm,
  type: Checksum["type"],
  parts: readonly PartChecksums[],
): Checksum | undefined {
  const pieces = parts.flatMap((part) => {
    const checksum = part.checksums.find((each) => each.algorithm === algorithm);
    return checksum === undefined ? [] : [{ value: checksum.value, size: part.size }];
  });
  if (pieces.length < parts.length) {
    return undefined;
  }
  if (type === "FULL_OBJECT") {
    return isCombinable(algorithm) ? { algorithm, type, value: combineCrc(algorithm, pieces) } : undefined;
  }
  const composite = runningChecksum(algorithm);
  pieces.forEach((piece) => composite.update(Buffer.from(piece.value, "base64")));
  return { algorithm, type, value: `${composite.digest().toString("base64")}-${parts.length}` };
}
