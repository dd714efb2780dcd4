import type { RecordStore } from "../../../platform/records/record-store.ts";
import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { changeTags } from "./change-tags.ts";
import { mergeTags } from "./tag-store.ts";

/** Adds tags to a resource, or changes their values. Answers all tags that the resource has then. */
export const addTags: Operation<SageMakerApi, "AddTags", { readonly records: RecordStore }> = {
  name: "AddTags",

  permissions(input) {
    return [{ action: "sagemaker:AddTags", resource: input.ResourceArn }];
  },

  async run(input, context, deps) {
    const tags = await changeTags(input.ResourceArn, context, deps, (present) =>
      mergeTags(input.ResourceArn, present, input.Tags),
    );
    return { Tags: [...tags] };
  },
};
