import type { JobKind } from "../../../platform/jobs/job-supervisor.ts";
import type { SageMakerDeps } from "../deps.ts";
import { crashedTransformJob, runTransformJob } from "./run/run-transform-job.ts";
import { type TransformJobBody, transformJobCollection } from "./transform-job-record.ts";
import { isTerminal, transformJobTransitions } from "./transform-job-status.ts";

/** Transform jobs, as the supervisor runs them. */
export function transformJobKind(deps: SageMakerDeps): JobKind<TransformJobBody> {
  return {
    collection: transformJobCollection,
    statusOf: (body) => body.status,
    isTerminal,
    transitions: transformJobTransitions as Readonly<Record<string, readonly string[]>>,
    run: (attempt) => runTransformJob(attempt, deps),
    onCrash: (body, error) => crashedTransformJob(body, error, deps.clock.now()),
  };
}
