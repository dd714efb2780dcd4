import { parseS3Uri, type S3Location } from "../s3-uri.ts";
import { clientError } from "./job-failure.ts";

/** An object that a manifest names; `path` is its key after the manifest's prefix. */
export interface ManifestEntry extends S3Location {
  readonly path: string;
}

/**
 * The objects of a manifest, `[{"prefix": "s3://bucket/some/"}, "key", …]`, each key to be appended to the prefix as it is.
 * @throws JobFailure `ClientError` naming `uri` when the text is not such a list.
 */
export function manifestKeys(text: string, uri: string): readonly ManifestEntry[] {
  const [head, ...keys] = parseList(text, uri);
  const prefix = typeof head === "object" && head !== null ? (head as { prefix?: unknown }).prefix : undefined;
  const location = typeof prefix === "string" ? parseS3Uri(prefix) : undefined;
  if (location === undefined) {
    throw malformed(uri, 'its first entry is not {"prefix": "s3://…"}');
  }
  const base = location.key.lastIndexOf("/") + 1;
  return keys.map((key) => {
    if (typeof key !== "string") {
      throw malformed(uri, "one of its keys is not a string");
    }
    const full = location.key + key;
    return { bucket: location.bucket, key: full, path: full.slice(base) };
  });
}

function parseList(text: string, uri: string): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed(uri, "it is not JSON", error);
  }
  if (!Array.isArray(value)) {
    throw malformed(uri, "it is not a list");
  }
  return value;
}

function malformed(uri: string, why: string, cause?: unknown): Error {
  return clientError(`Data download failed: ${uri} is not a manifest: ${why}`, cause);
}
