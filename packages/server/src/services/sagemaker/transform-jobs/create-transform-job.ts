import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { transformJobArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import { getModel } from "../models/model-record.ts";
import { tagPermissions } from "../tags/tag-permissions.ts";
import { tagCreation } from "../tags/tag-store.ts";
import { checkTransformJob } from "./check-transform-job.ts";
import { transformJobExists } from "./errors.ts";
import { type TransformJobBody, transformJobKey } from "./transform-job-record.ts";

/** Records a transform job and hands it to the supervisor; it runs on its own from there. */
export const createTransformJob: Operation<SageMakerApi, "CreateTransformJob", SageMakerDeps> = {
  name: "CreateTransformJob",

  permissions(input, context) {
    const arn = transformJobArn(context.scope, input.TransformJobName);
    return [{ action: "sagemaker:CreateTransformJob", resource: arn }, ...tagPermissions(arn, input.Tags)];
  },

  async run(input, context, deps) {
    const arn = transformJobArn(context.scope, input.TransformJobName);
    const key = transformJobKey(context.scope, input.TransformJobName);
    if ((await deps.records.get(key)) !== undefined) {
      throw transformJobExists(arn);
    }
    const model = (await getModel(deps.records, context.scope, input.ModelName)).body;
    await checkTransformJob(input, model, context.scope, deps);
    const { Tags: tags, ...request } = input;
    const instanceIds = Array.from({ length: input.TransformResources.InstanceCount }, () => `i-${deps.ids.hex(17)}`);
    const body: TransformJobBody = {
      attempt: 0,
      request,
      model,
      status: "InProgress",
      createdAt: context.now,
      instanceIds,
    };
    const created = await deps.records.batch([
      { type: "create", key, body, createdAt: context.now, modifiedAt: context.now, status: body.status },
      ...tagCreation(context.scope, arn, tags, context.now),
    ]);
    if (!created) {
      throw transformJobExists(arn);
    }
    deps.firstDescribes.expect(key);
    deps.jobs.submit(key);
    return { TransformJobArn: arn };
  },
};
