import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { transformJobArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import { changeTransformJob } from "./change-transform-job.ts";
import { cannotStopTransformJob } from "./errors.ts";
import { transformJobKey } from "./transform-job-record.ts";
import { isTerminal } from "./transform-job-status.ts";

/** Asks a job to stop; the job itself reports `Stopped` later and keeps no output. Asking again is no error, stopping a finished job is one. */
export const stopTransformJob: Operation<SageMakerApi, "StopTransformJob", SageMakerDeps> = {
  name: "StopTransformJob",

  permissions(input, context) {
    return [{ action: "sagemaker:StopTransformJob", resource: transformJobArn(context.scope, input.TransformJobName) }];
  },

  async run(input, context, deps) {
    await changeTransformJob(deps.records, context, input.TransformJobName, (body) => {
      if (isTerminal(body.status)) {
        throw cannotStopTransformJob(body.status);
      }
      return body.status === "Stopping" ? body : { ...body, status: "Stopping" };
    });
    deps.jobs.requestStop(transformJobKey(context.scope, input.TransformJobName), "StopTransformJob");
    return {};
  },
};
