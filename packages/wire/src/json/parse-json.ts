import { serializationException } from "../errors/request-errors.ts";

/** No AWS input nests deeper than a few levels; documents and search expressions may. */
const MAX_DEPTH = 128;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** JSON text of a request body. Throws SerializationException. An empty body, and `null`, stand for an empty object. */
export function parseJson(body: Uint8Array): unknown {
  if (body.length === 0) {
    return {};
  }
  if (nestsTooDeep(body)) {
    throw serializationException("The request body nests too deep");
  }
  try {
    return (JSON.parse(utf8.decode(body)) as unknown) ?? {};
  } catch (error) {
    throw serializationException(`Could not parse the request body as JSON: ${(error as Error).message}`);
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

/** Counts brackets outside of strings. JSON.parse itself does not recurse, but whoever walks its result does. */
function nestsTooDeep(body: Uint8Array): boolean {
  if (body.length <= MAX_DEPTH) {
    return false;
  }
  let depth = 0;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i];
    if (byte === QUOTE) {
      i = endOfString(body, i + 1);
    } else if (byte !== undefined && OPEN.has(byte)) {
      depth++;
      if (depth > MAX_DEPTH) {
        return true;
      }
    } else if (byte !== undefined && CLOSE.has(byte)) {
      depth--;
    }
  }
  return false;
}

function endOfString(body: Uint8Array, start: number): number {
  let at = start;
  while (at < body.length && body[at] !== QUOTE) {
    at += body[at] === BACKSLASH ? 2 : 1;
  }
  return at;
}
