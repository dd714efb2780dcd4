import { defineService, type Service } from "../operation.ts";
import type { SageMakerDeps } from "./deps.ts";
import { endpointConfigOperations } from "./endpoint-configs/operations.ts";
import { endpointOperations } from "./endpoints/operations.ts";
import { modelOperations } from "./models/operations.ts";
import { tagOperations } from "./tags/operations.ts";
import { trainingJobOperations } from "./training-jobs/operations.ts";
import { trainingJobKind } from "./training-jobs/training-job-kind.ts";
import { transformJobOperations } from "./transform-jobs/operations.ts";
import { transformJobKind } from "./transform-jobs/transform-job-kind.ts";

/** SageMaker's control plane. Tells the supervisor about its kinds of jobs, so it must be there before jobs are resumed. */
export function sagemakerService(deps: SageMakerDeps): Service {
  deps.jobs.register(trainingJobKind(deps));
  deps.jobs.register(transformJobKind(deps));
  const operations = [
    ...trainingJobOperations,
    ...transformJobOperations,
    ...modelOperations,
    ...endpointConfigOperations,
    ...endpointOperations,
    ...tagOperations,
  ];
  return defineService("sagemaker", operations, deps);
}
