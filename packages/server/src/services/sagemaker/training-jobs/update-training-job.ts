import type { InputOf, Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { trainingJobArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import { changeTrainingJob } from "./change-training-job.ts";
import { cannotUpdateTrainingJob } from "./errors.ts";
import type { TrainingJobBody } from "./training-job-record.ts";
import { isTerminal } from "./training-job-status.ts";

/** Changes the settings of a running job that may change; a finished job keeps only its warm pool's, which may still be set. */
export const updateTrainingJob: Operation<SageMakerApi, "UpdateTrainingJob", SageMakerDeps> = {
  name: "UpdateTrainingJob",

  permissions(input, context) {
    return [{ action: "sagemaker:UpdateTrainingJob", resource: trainingJobArn(context.scope, input.TrainingJobName) }];
  },

  async run(input, context, deps) {
    await changeTrainingJob(deps.records, context, input.TrainingJobName, (body) => {
      const changesRun =
        input.ProfilerConfig !== undefined ||
        input.ProfilerRuleConfigurations !== undefined ||
        input.RemoteDebugConfig !== undefined;
      if (changesRun && (isTerminal(body.status) || body.status === "Stopping")) {
        throw cannotUpdateTrainingJob(body.status);
      }
      return { ...body, request: updatedRequest(body.request, input) };
    });
    return { TrainingJobArn: trainingJobArn(context.scope, input.TrainingJobName) };
  },
};

function updatedRequest(
  request: TrainingJobBody["request"],
  input: InputOf<SageMakerApi, "UpdateTrainingJob">,
): TrainingJobBody["request"] {
  return {
    ...request,
    ...(input.ProfilerConfig === undefined
      ? {}
      : { ProfilerConfig: { ...request.ProfilerConfig, ...input.ProfilerConfig } }),
    ...(input.ProfilerRuleConfigurations === undefined
      ? {}
      : { ProfilerRuleConfigurations: input.ProfilerRuleConfigurations }),
    ...(input.RemoteDebugConfig === undefined ? {} : { RemoteDebugConfig: input.RemoteDebugConfig }),
    ...(input.ResourceConfig === undefined
      ? {}
      : { ResourceConfig: { ...request.ResourceConfig, ...input.ResourceConfig } }),
  };
}
