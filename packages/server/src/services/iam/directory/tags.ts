import { limitExceeded } from "../errors.ts";
import { quotas } from "../quotas.ts";

/** Tags by key; keys are unique without regard to case, as IAM has it, and keep the case they were set with. */
export type Tags = Readonly<Record<string, string>>;

export interface WireTag {
  readonly Key: string;
  readonly Value: string;
}

export function tagsFrom(list: readonly WireTag[] | undefined): Tags {
  return addTags({}, list ?? []);
}

export const tagList = (tags: Tags): WireTag[] => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export function addTags(tags: Tags, list: readonly WireTag[]): Tags {
  const keys = list.map(({ Key }) => Key);
  return { ...removeTags(tags, keys), ...Object.fromEntries(list.map(({ Key, Value }) => [Key, Value])) };
}

export function removeTags(tags: Tags, keys: readonly string[]): Tags {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key.toLowerCase())));
}

/** @throws AwsError `LimitExceeded` */
export function checkTagCount(tags: Tags): void {
  if (Object.keys(tags).length > quotas.tags) {
    throw limitExceeded("TagsPerResource", quotas.tags);
  }
}
