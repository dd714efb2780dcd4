import type { RecordStore } from "../../../platform/records/record-store.ts";
import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { changeTags } from "./change-tags.ts";

/** Removes tags by key; keys that are not there are no error. */
export const deleteTags: Operation<SageMakerApi, "DeleteTags", { readonly records: RecordStore }> = {
  name: "DeleteTags",

  permissions(input) {
    return [{ action: "sagemaker:DeleteTags", resource: input.ResourceArn }];
  },

  async run(input, context, deps) {
    const removed = new Set(input.TagKeys);
    await changeTags(input.ResourceArn, context, deps, (present) => present.filter((tag) => !removed.has(tag.Key)));
    return {};
  },
};
