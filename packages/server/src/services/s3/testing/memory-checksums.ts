import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Checksum, ChecksumAlgorithm, ReceivedBytes } from "../../../platform/objects/object-store.ts";

export function digestOf(algorithm: ChecksumAlgorithm, bytes: Uint8Array): string {
  switch (algorithm) {
    case "CRC32": {
      const value = Buffer.alloc(4);
      value.writeUInt32BE(crc32(bytes));
      return value.toString("base64");
    }
    case "SHA1":
    case "SHA256":
      return createHash(algorithm).update(bytes).digest("base64");
    case "CRC32C":
    case "CRC64NVME":
      throw new Error(`${algorithm} is tested against the real store`);
  }
}

export function receivedBytes(bytes: Uint8Array, algorithms: readonly ChecksumAlgorithm[]): ReceivedBytes {
  return {
    size: bytes.length,
    md5: createHash("md5").update(bytes).digest("hex"),
    checksums: algorithms.map((algorithm) => ({ algorithm, value: digestOf(algorithm, bytes), type: "FULL_OBJECT" })),
  };
}

/** The checksum of the parts' checksums, `<base64>-<parts>`. */
export function compositeOf(algorithm: ChecksumAlgorithm, parts: readonly string[]): Checksum {
  const joined = Buffer.concat(parts.map((part) => Buffer.from(part, "base64")));
  return { algorithm, value: `${digestOf(algorithm, joined)}-${parts.length}`, type: "COMPOSITE" };
}
