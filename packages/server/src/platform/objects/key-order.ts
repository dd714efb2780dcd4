/**
 * The smallest text that is greater than all texts beginning with `prefix`, in the order of UTF-8 bytes (which is that of code
 * points); undefined when there is none.
 */
export function afterPrefix(prefix: string): string | undefined {
  const codePoints = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = codePoints.pop(); last !== undefined; last = codePoints.pop()) {
    if (last < 0x10ffff) {
      // Surrogates are no characters: UTF-8 goes from U+D7FF to U+E000.
      const next = last === 0xd7ff ? 0xe000 : last + 1;
      return String.fromCodePoint(...codePoints, next);
    }
  }
  return undefined;
}

/** Keys order by their UTF-8 bytes; JavaScript's own comparison goes by UTF-16 units, which differs beyond U+FFFF. */
export function isBefore(left: string, right: string): boolean {
  return Buffer.compare(Buffer.from(left), Buffer.from(right)) < 0;
}
