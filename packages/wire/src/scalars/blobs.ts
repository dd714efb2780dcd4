/** Bytes of base64 text, or undefined when it is not base64. Text without its padding is accepted. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const digits = text.length - padding;
  if (digits % 4 === 1 || (padding > 0 && text.length % 4 !== 0)) {
    return undefined;
  }
  const bytes = Buffer.from(text, "base64");
  // Node skips what is not a base64 digit; the length tells whether it skipped anything.
  return bytes.length === Math.floor((digits * 3) / 4) ? bytes : undefined;
}

export function encodeBase64(value: unknown): string {
  if (typeof value === "string") {
    return Buffer.from(value, "utf8").toString("base64");
  }
  return asBytes(value).toString("base64");
}

/** Throws TypeError when the value is not bytes. */
export function asBytes(value: unknown): Buffer {
  if (Buffer.isBuffer(value)) {
    return value;
  }
  if (value instanceof Uint8Array) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
  throw new TypeError("a blob must be bytes");
}
