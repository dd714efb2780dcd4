import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { trainingJobArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import { changeTrainingJob } from "./change-training-job.ts";
import { cannotStopTrainingJob } from "./errors.ts";
import { trainingJobKey } from "./training-job-record.ts";
import { enter, isTerminal, statusMessages } from "./training-job-status.ts";

/** Asks a job to stop; the job itself reports `Stopped` later. Asking again is no error, stopping a finished job is one. */
export const stopTrainingJob: Operation<SageMakerApi, "StopTrainingJob", SageMakerDeps> = {
  name: "StopTrainingJob",

  permissions(input, context) {
    return [{ action: "sagemaker:StopTrainingJob", resource: trainingJobArn(context.scope, input.TrainingJobName) }];
  },

  async run(input, context, deps) {
    await changeTrainingJob(deps.records, context, input.TrainingJobName, (body) => {
      if (isTerminal(body.status)) {
        throw cannotStopTrainingJob(body.status);
      }
      return body.status === "Stopping"
        ? body
        : { ...enter(body, "Stopping", statusMessages.Stopping, context.now), status: "Stopping" };
    });
    deps.jobs.requestStop(trainingJobKey(context.scope, input.TrainingJobName), "StopTrainingJob");
    return {};
  },
};
