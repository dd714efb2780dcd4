/**
 * Keys as the database holds them. libsql 0.5 cuts text off at a NUL when it reads it, and S3 keys may hold one, so NUL stands as
 * U+0001 U+0001 and U+0001 as U+0001 U+0002: the order of keys, and what begins with what, stay as they are.
 */
export function toKeyText(key: string): string {
  return key.includes("\u0000") || key.includes("\u0001")
    ? key.replaceAll("\u0001", "\u0001\u0002").replaceAll("\u0000", "\u0001\u0001")
    : key;
}

export function fromKeyText(text: string): string {
  return text.includes("\u0001")
    ? text.replaceAll(/\cA[\cA\cB]/g, (pair) => (pair === "\u0001\u0001" ? "\u0000" : "\u0001"))
    : text;
}
