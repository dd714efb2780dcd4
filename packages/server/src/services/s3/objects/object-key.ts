import { keyTooLong } from "../errors.ts";

const maximumKey = 1024;

/** @throws KeyTooLongError: keys are at most 1024 bytes of UTF-8. */
export function checkKey(key: string): void {
  const size = Buffer.byteLength(key);
  if (size > maximumKey) {
    throw keyTooLong(size, maximumKey);
  }
}
