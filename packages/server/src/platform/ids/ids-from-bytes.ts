import { base32Alphabet, secretAlphabet, spell } from "./alphabets.ts";
import type { Ids } from "./ids.ts";

/** Ids in all forms from one source of bytes. */
export function idsFromBytes(randomBytes: (count: number) => Buffer): Ids {
  const hex = (length: number): string =>
    randomBytes(Math.ceil(length / 2))
      .toString("hex")
      .slice(0, length);
  return {
    uuid: () => uuidFrom(randomBytes(16)),
    hex,
    base32: (length) => spell(randomBytes(length), base32Alphabet),
    secret: (length) => spell(randomBytes(length), secretAlphabet),
  };
}

/** RFC 9562 version 4. */
function uuidFrom(bytes: Buffer): string {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const digits = bytes.toString("hex");
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    "-",
  );
}
