import { invalidArgument } from "../errors.ts";

export type NameEncoder = (name: string) => string;

/**
 * How names are written in a listing. With `encoding-type=url` they are percent-encoded but for `/`, so that characters XML
 * cannot hold survive; S3's own encoder writes a space as `+`, ours as `%20`, which every client decodes alike.
 */
export function nameEncoder(encodingType: string | undefined): NameEncoder {
  if (encodingType === undefined) {
    return (name) => name;
  }
  if (encodingType !== "url") {
    throw invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", encodingType);
  }
  return percentEncoded;
}

function percentEncoded(name: string): string {
  return encodeURIComponent(name)
    .replaceAll("%2F", "/")
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
