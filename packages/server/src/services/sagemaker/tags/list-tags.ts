import type { RecordStore } from "../../../platform/records/record-store.ts";
import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { readTags } from "./change-tags.ts";

/** Lists a resource's tags. There are never more than fit one page, so no token is ever given. */
export const listTags: Operation<SageMakerApi, "ListTags", { readonly records: RecordStore }> = {
  name: "ListTags",

  permissions(input) {
    return [{ action: "sagemaker:ListTags", resource: input.ResourceArn }];
  },

  async run(input, context, deps) {
    const record = await readTags(input.ResourceArn, context, deps);
    return { Tags: [...record.body.Tags] };
  },
};
