import { NEWLINE } from "./ascii.ts";

const SCRATCH_BYTES = 64 * 1024;
const scratch = Buffer.allocUnsafe(SCRATCH_BYTES);

/**
 * The payload with a newline behind it, so that loops over its bytes need no end check. Small payloads share one scratch
 * buffer: the result is valid until the next call.
 */
export function withNewline(payload: Uint8Array): Uint8Array {
  const bytes = payload.length < SCRATCH_BYTES ? scratch : Buffer.allocUnsafe(payload.length + 1);
  bytes.set(payload);
  bytes[payload.length] = NEWLINE;
  return bytes;
}
