/** As access keys and unique ids use. */
export const base32Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export const secretAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** One digit per byte. Both alphabets have a power of two of digits, so a random byte modulo their length stays uniform. */
export function spell(bytes: Uint8Array, alphabet: string): string {
  let text = "";
  for (const byte of bytes) {
    text += alphabet.charAt(byte % alphabet.length);
  }
  return text;
}
