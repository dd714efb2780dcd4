import type { JobKind } from "../../../platform/jobs/job-supervisor.ts";
import type { SageMakerDeps } from "../deps.ts";
import { crashedTrainingJob, runTrainingJob } from "./run/run-training-job.ts";
import { type TrainingJobBody, trainingJobCollection } from "./training-job-record.ts";
import { isTerminal, trainingJobTransitions } from "./training-job-status.ts";

/** Training jobs, as the supervisor runs them. */
export function trainingJobKind(deps: SageMakerDeps): JobKind<TrainingJobBody> {
  return {
    collection: trainingJobCollection,
    statusOf: (body) => body.status,
    isTerminal,
    transitions: trainingJobTransitions as Readonly<Record<string, readonly string[]>>,
    run: (attempt) => runTrainingJob(attempt, deps),
    onCrash: (body, error) => crashedTrainingJob(body, error, deps.clock.now()),
  };
}
