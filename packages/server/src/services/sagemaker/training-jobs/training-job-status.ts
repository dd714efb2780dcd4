import type { SecondaryStatus, TrainingJobStatus } from "@aws-sdk/client-sagemaker";
import type { FinalMetric, TrainingJobBody, Transition } from "./training-job-record.ts";

/** From status → statuses. Every job ends in one of the three that lead nowhere. */
export const trainingJobTransitions: Readonly<Partial<Record<TrainingJobStatus, readonly TrainingJobStatus[]>>> = {
  InProgress: ["Stopping", "Completed", "Failed", "Stopped"],
  Stopping: ["Stopped", "Failed"],
};

export function isTerminal(status: string): boolean {
  return status === "Completed" || status === "Failed" || status === "Stopped";
}

export function secondaryStatus(body: TrainingJobBody): SecondaryStatus {
  return body.transitions.at(-1)?.Status ?? "Starting";
}

/** AWS's words for each SecondaryStatus, as clients print them. */
export const statusMessages = {
  Starting: "Starting the training job",
  Preparing: "Preparing the instances for training",
  Restarting: "Restarting the training job",
  Downloading: "Downloading input data",
  Training: "Training image download completed. Training in progress.",
  Uploading: "Uploading generated training model",
  Stopping: "Stopping the training job",
  Stopped: "Training job stopped",
  MaxRuntimeExceeded: "Training job runtime exceeded MaxRuntimeInSeconds provided",
  Completed: "Training job completed",
  Failed: "Training job failed",
} as const;

/** The job one step further: the last transition ends now, unless it is of the same status and only its message changes. */
export function enter(body: TrainingJobBody, status: SecondaryStatus, message: string, now: Date): TrainingJobBody {
  const last = body.transitions.at(-1);
  const earlier = body.transitions.slice(0, -1);
  if (last?.Status === status) {
    return { ...body, transitions: [...earlier, { ...last, StatusMessage: message }] };
  }
  const closed: readonly Transition[] = last === undefined ? [] : [{ ...last, EndTime: now }];
  return { ...body, transitions: [...earlier, ...closed, { Status: status, StartTime: now, StatusMessage: message }] };
}

/** What a run knows when a job ends. */
export interface Ending {
  readonly status: "Completed" | "Failed" | "Stopped";
  readonly secondary: "Completed" | "Failed" | "Stopped" | "MaxRuntimeExceeded";
  readonly failureReason?: string;
  readonly finalMetrics?: readonly FinalMetric[];
  readonly modelArtifacts?: string;
}

/** The job at its end. Its last transition has begun and ended at once, as AWS shows it. */
export function end(body: TrainingJobBody, ending: Ending, now: Date): TrainingJobBody {
  const { status, secondary, ...facts } = ending;
  const entered = enter(body, secondary, statusMessages[secondary], now);
  const transitions = entered.transitions.map((transition) =>
    transition.EndTime === undefined ? { ...transition, EndTime: now } : transition,
  );
  return { ...entered, ...facts, transitions, status, endedAt: now };
}
