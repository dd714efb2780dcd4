import { createHash } from "node:crypto";

/** A listing cursor that this store did not give, or gave for another listing. */
export class InvalidCursorError extends Error {
  override readonly name = "InvalidCursorError";

  constructor() {
    super("The cursor does not belong to this listing.");
  }
}

export type CursorValues = readonly (string | number)[];

const digestLength = 11;

/**
 * Where a page ended: the ordering values of its last record. `listing` (collection, scope and order) is part of the digest, so
 * that a cursor is good for its own listing only. The digest catches mistakes, not attackers: a forged cursor could show no more
 * than the listing does.
 */
export function encodeCursor(listing: string, values: CursorValues): string {
  const payload = Buffer.from(JSON.stringify(values)).toString("base64url");
  return digest(listing, payload) + payload;
}

/** Throws `InvalidCursorError`. */
export function decodeCursor(listing: string, cursor: string): CursorValues {
  const payload = cursor.slice(digestLength);
  if (cursor.slice(0, digestLength) !== digest(listing, payload)) {
    throw new InvalidCursorError();
  }
  return JSON.parse(Buffer.from(payload, "base64url").toString());
}

function digest(listing: string, payload: string): string {
  return createHash("sha256").update(`${listing}\n${payload}`).digest("base64url").slice(0, digestLength);
}
