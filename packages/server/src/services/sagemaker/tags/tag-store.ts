import type { Tag } from "@aws-sdk/client-sagemaker";
import type { RecordKey, RecordWrite } from "../../../platform/records/record-store.ts";
import type { Scope } from "../../../platform/scope.ts";
import type { Checked } from "../../operation.ts";
import { resourceLimitExceeded, validationException } from "../errors.ts";

/** Most tags that one resource may carry. */
const tagLimit = 50;

export interface TagBody {
  readonly Tags: readonly Checked<Tag>[];
}

export function tagKey(scope: Scope, arn: string): RecordKey {
  return { collection: "sagemaker.tags", scope, id: arn };
}

/**
 * The writes that go into the `batch` which creates a resource, also when it has no tags: the tag operations know by the
 * tag record that the resource exists. What an earlier resource of that ARN may have left is replaced.
 * @throws AwsError `ValidationException` for keys that are repeated or reserved.
 */
export function tagCreation(
  scope: Scope,
  arn: string,
  tags: readonly Checked<Tag>[] | undefined,
  now: Date,
): readonly RecordWrite[] {
  const body: TagBody = { Tags: checkedTags(tags ?? []) };
  const key = tagKey(scope, arn);
  return [
    { type: "delete", key },
    { type: "create", key, body, createdAt: now, modifiedAt: now, status: "" },
  ];
}

/** The write that goes into the `batch` which deletes a resource. */
export function tagDeletion(scope: Scope, arn: string): RecordWrite {
  return { type: "delete", key: tagKey(scope, arn) };
}

/** Tags after `added` came over `present`: a value is replaced where its key was, new keys follow in their order. */
export function mergeTags(
  arn: string,
  present: readonly Checked<Tag>[],
  added: readonly Checked<Tag>[],
): readonly Checked<Tag>[] {
  const merged = new Map(present.map((tag) => [tag.Key, tag]));
  for (const tag of checkedTags(added)) {
    merged.set(tag.Key, tag);
  }
  if (merged.size > tagLimit) {
    throw resourceLimitExceeded(`The resource "${arn}" cannot have more than ${tagLimit} tags.`);
  }
  return [...merged.values()];
}

function checkedTags(tags: readonly Checked<Tag>[]): readonly Checked<Tag>[] {
  const keys = new Set<string>();
  for (const { Key: key } of tags) {
    if (key.toLowerCase().startsWith("aws:")) {
      throw validationException(`System tags cannot be added/updated by requester: tag key "${key}".`);
    }
    if (keys.has(key)) {
      throw validationException(`Duplicate tag key "${key}" found in the request. Tag keys must be unique.`);
    }
    keys.add(key);
  }
  return tags;
}
