import { hash } from "node:crypto";

/** SHA-256 in lower-case hexadecimal. */
export function sha256Hex(data: string | Uint8Array): string {
  return hash("sha256", data, "hex");
}

/** SHA-256 of nothing. */
export const EMPTY_SHA256: string = sha256Hex("");

const LEFT_BY_JAVASCRIPT = /[!'()*]/g;
const UNRESERVED = /^[A-Za-z0-9_.~-]*$/;

/** Percent-encodes all but the unreserved characters of RFC 3986. Lone surrogates become U+FFFD. */
export function uriEncode(text: string): string {
  if (UNRESERVED.test(text)) {
    return text;
  }
  // A round trip through UTF-8 replaces lone surrogates, for which encodeURIComponent throws.
  return encodeURIComponent(Buffer.from(text, "utf8").toString("utf8")).replace(
    LEFT_BY_JAVASCRIPT,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `20150830T123600Z` */
export function basicTimestamp(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, "");
}

const BASIC_TIMESTAMP = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** The date of a basic timestamp; undefined when it is none. */
export function parseBasicTimestamp(text: string): Date | undefined {
  const match = BASIC_TIMESTAMP.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, year, month, day, hour, minute, second] = match;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
