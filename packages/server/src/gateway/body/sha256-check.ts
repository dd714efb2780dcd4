import { createHash } from "node:crypto";
import { Transform } from "node:stream";
import { AwsError, sha256Hex } from "@clary/wire";

/** Passes bytes on and fails at their end when their hash is not the one that was signed. */
export function sha256Check(expected: string): Transform {
  const hash = createHash("sha256");
  return new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      hash.update(chunk);
      callback(null, chunk);
    },
    flush(callback) {
      const computed = hash.digest("hex");
      callback(computed === expected ? null : hashMismatch(expected, computed));
    },
  });
}

/** @throws AwsError XAmzContentSHA256Mismatch */
export function requireSha256(bytes: Uint8Array, expected: string): void {
  const computed = sha256Hex(bytes);
  if (computed !== expected) {
    throw hashMismatch(expected, computed);
  }
}

function hashMismatch(provided: string, computed: string): AwsError {
  const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
  return new AwsError("XAmzContentSHA256Mismatch", message, {
    members: { ClientComputedContentSHA256: provided, S3ComputedContentSHA256: computed },
  });
}
