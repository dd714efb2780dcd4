import { createHash, type Hash } from "node:crypto";
import { crc32 as zlibCrc32 } from "node:zlib";
import { crc32c } from "@node-rs/crc32";
import type { Checksum, ChecksumAlgorithm, ReceivedBytes } from "../object-store.ts";
import { Crc64Nvme } from "./crc64-nvme.ts";

/** One checksum of bytes that come in pieces. */
export interface RunningChecksum {
  update(bytes: Uint8Array): void;
  digest(): Buffer;
}

// Measured on 1 MiB: zlib's CRC32 6.9 GB/s, the CRC32C of @node-rs/crc32 8 GB/s, our CRC64NVME 1.6 GB/s, MD5 0.8 GB/s.
const creators: Readonly<Record<ChecksumAlgorithm, () => RunningChecksum>> = {
  CRC32: () => runningCrc32((bytes, previous) => zlibCrc32(bytes, previous)),
  CRC32C: () => runningCrc32((bytes, previous) => crc32c(bytes, previous)),
  CRC64NVME: () => new Crc64Nvme(),
  SHA1: () => runningHash(createHash("sha1")),
  SHA256: () => runningHash(createHash("sha256")),
};

export function runningChecksum(algorithm: ChecksumAlgorithm): RunningChecksum {
  return creators[algorithm]();
}

/** MD5 and what else was asked for, of an object's bytes as they arrive. */
export class ReceivedChecksums {
  readonly #md5 = createHash("md5");
  readonly #others: ReadonlyMap<ChecksumAlgorithm, RunningChecksum>;
  #size = 0;

  constructor(algorithms: readonly ChecksumAlgorithm[]) {
    this.#others = new Map(algorithms.map((algorithm) => [algorithm, runningChecksum(algorithm)]));
  }

  update(bytes: Uint8Array): void {
    this.#size += bytes.length;
    this.#md5.update(bytes);
    this.#others.forEach((checksum) => checksum.update(bytes));
  }

  /** Call once. */
  finish(): ReceivedBytes {
    const checksums = [...this.#others].map(([algorithm, checksum]): Checksum => ({
      algorithm,
      value: checksum.digest().toString("base64"),
      type: "FULL_OBJECT",
    }));
    return { size: this.#size, md5: this.#md5.digest("hex"), checksums };
  }
}

function runningCrc32(next: (bytes: Buffer, previous: number) => number): RunningChecksum {
  let value = 0;
  return {
    update(bytes) {
      value = next(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), value);
    },
    digest() {
      const bytes = Buffer.allocUnsafe(4);
      bytes.writeUInt32BE(value >>> 0);
      return bytes;
    },
  };
}

function runningHash(hash: Hash): RunningChecksum {
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
}
