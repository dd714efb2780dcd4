import type { Tag } from "@aws-sdk/client-sagemaker";
import type { RecordStore, StoredRecord } from "../../../platform/records/record-store.ts";
import type { CallContext, Checked } from "../../operation.ts";
import { validationException } from "../errors.ts";
import { tagKey, type TagBody } from "./tag-store.ts";

interface TagDeps {
  readonly records: RecordStore;
}

/** The tag record of a resource. @throws AwsError `ValidationException` when there is no such resource here. */
export async function readTags(arn: string, context: CallContext, deps: TagDeps): Promise<StoredRecord<TagBody>> {
  const record = await deps.records.get<TagBody>(tagKey(context.scope, arn));
  if (record === undefined) {
    throw validationException(`Could not find resource "${arn}".`);
  }
  return record;
}

/** Reads, changes and writes a resource's tags; repeated until nobody else wrote in between. */
export async function changeTags(
  arn: string,
  context: CallContext,
  deps: TagDeps,
  change: (present: readonly Checked<Tag>[]) => readonly Checked<Tag>[],
): Promise<readonly Checked<Tag>[]> {
  for (;;) {
    const record = await readTags(arn, context, deps);
    const tags = change(record.body.Tags);
    const facts = { createdAt: record.createdAt, modifiedAt: context.now, status: "" };
    if (await deps.records.update(tagKey(context.scope, arn), record.version, { Tags: tags }, facts)) {
      return tags;
    }
  }
}
