import { invalidTag } from "../errors.ts";

export interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/**
 * Tags as S3 keeps them: at least one character and at most 128 per key, at most 256 per value, keys differ, none begins
 * with `aws:`. @throws InvalidTag.
 */
export function tagRecord(tags: readonly Tag[]): Record<string, string> {
  const record = new Map<string, string>();
  for (const { Key: key = "", Value: value = "" } of tags) {
    checkTag(key, value);
    if (record.has(key)) {
      throw invalidTag("Cannot provide multiple Tags with the same key", key);
    }
    record.set(key, value);
  }
  return Object.fromEntries(record);
}

export function tagList(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function checkTag(key: string, value: string): void {
  if (key === "" || key.length > 128 || !allowed.test(key)) {
    throw invalidTag("The TagKey you have provided is invalid", key);
  }
  if (key.toLowerCase().startsWith("aws:")) {
    throw invalidTag("System tags cannot be added/updated by requester", key);
  }
  if (value.length > 256 || !allowed.test(value)) {
    throw invalidTag("The TagValue you have provided is invalid", key);
  }
}
