/** Stored bytes no longer match their checksum. */
export class CorruptObjectError extends Error {
  override readonly name = "CorruptObjectError";

  constructor(what: string) {
    super(`Stored bytes do not match their checksum: ${what}.`);
  }
}
