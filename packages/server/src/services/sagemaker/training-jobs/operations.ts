import type { AnyOperation } from "../../operation.ts";
import type { SageMakerDeps } from "../deps.ts";
import { createTrainingJob } from "./create-training-job.ts";
import { deleteTrainingJob } from "./delete-training-job.ts";
import { describeTrainingJob } from "./describe-training-job.ts";
import { listTrainingJobs } from "./list-training-jobs.ts";
import { stopTrainingJob } from "./stop-training-job.ts";
import { updateTrainingJob } from "./update-training-job.ts";

export const trainingJobOperations: readonly AnyOperation<SageMakerDeps>[] = [
  createTrainingJob,
  deleteTrainingJob,
  describeTrainingJob,
  listTrainingJobs,
  stopTrainingJob,
  updateTrainingJob,
];
