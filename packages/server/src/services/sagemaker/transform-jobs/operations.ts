import type { AnyOperation } from "../../operation.ts";
import type { SageMakerDeps } from "../deps.ts";
import { createTransformJob } from "./create-transform-job.ts";
import { describeTransformJob } from "./describe-transform-job.ts";
import { listTransformJobs } from "./list-transform-jobs.ts";
import { stopTransformJob } from "./stop-transform-job.ts";

export const transformJobOperations: readonly AnyOperation<SageMakerDeps>[] = [
  createTransformJob,
  describeTransformJob,
  listTransformJobs,
  stopTransformJob,
];
