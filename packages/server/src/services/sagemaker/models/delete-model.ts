import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { modelArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import { unknownModel } from "../errors.ts";
import { tagDeletion } from "../tags/tag-store.ts";
import { getModel, modelKey } from "./model-record.ts";

/** Deletes a model. Endpoints that serve it go on doing so. */
export const deleteModel: Operation<SageMakerApi, "DeleteModel", SageMakerDeps> = {
  name: "DeleteModel",

  permissions(input, context) {
    return [{ action: "sagemaker:DeleteModel", resource: modelArn(context.scope, input.ModelName) }];
  },

  async run(input, context, deps) {
    const arn = modelArn(context.scope, input.ModelName);
    const { version } = await getModel(deps.records, context.scope, input.ModelName);
    const deleted = await deps.records.batch([
      { type: "delete", key: modelKey(context.scope, input.ModelName), expectedVersion: version },
      tagDeletion(context.scope, arn),
    ]);
    if (!deleted) {
      throw unknownModel(arn);
    }
    return {};
  },
};
