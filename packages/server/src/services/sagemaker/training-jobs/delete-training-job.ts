import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { trainingJobArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import { tagDeletion } from "../tags/tag-store.ts";
import { cannotDeleteTrainingJob } from "./errors.ts";
import { getTrainingJob, trainingJobKey } from "./training-job-record.ts";
import { isTerminal } from "./training-job-status.ts";

/** Forgets a finished job, whose name is free afterwards. Its artifacts and logs stay. */
export const deleteTrainingJob: Operation<SageMakerApi, "DeleteTrainingJob", SageMakerDeps> = {
  name: "DeleteTrainingJob",

  permissions(input, context) {
    return [{ action: "sagemaker:DeleteTrainingJob", resource: trainingJobArn(context.scope, input.TrainingJobName) }];
  },

  async run(input, context, deps) {
    const record = await getTrainingJob(deps.records, context.scope, input.TrainingJobName);
    if (!isTerminal(record.body.status)) {
      throw cannotDeleteTrainingJob(record.body.status);
    }
    const arn = trainingJobArn(context.scope, input.TrainingJobName);
    await deps.records.batch([
      { type: "delete", key: trainingJobKey(context.scope, input.TrainingJobName) },
      tagDeletion(context.scope, arn),
    ]);
    return {};
  },
};
