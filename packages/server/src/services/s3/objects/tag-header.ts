import { invalidArgument, tooManyObjectTags } from "../errors.ts";
import { tagRecord } from "./tag-set.ts";

export const maximumObjectTags = 10;

/** Reads `x-amz-tagging`, a query string. @throws InvalidArgument, InvalidTag, BadRequest (more than ten). */
export function parseTagHeader(header: string | undefined): Record<string, string> {
  if (header === undefined || header === "") {
    return {};
  }
  const tags = header.split("&").map((pair) => parsePair(pair, header));
  if (new Set(tags.map(({ Key }) => Key)).size !== tags.length) {
    throw malformed(header);
  }
  if (tags.length > maximumObjectTags) {
    throw tooManyObjectTags();
  }
  return tagRecord(tags);
}

function parsePair(pair: string, header: string): { Key: string; Value: string } {
  const equals = pair.indexOf("=");
  const [key, value] = equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
  try {
    return { Key: decodeForm(key), Value: decodeForm(value) };
  } catch {
    throw malformed(header);
  }
}

function decodeForm(text: string): string {
  return decodeURIComponent(text.replaceAll("+", " "));
}

function malformed(header: string): Error {
  const message =
    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.";
  return invalidArgument(message, "x-amz-tagging", header);
}
