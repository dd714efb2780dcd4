import type { MetricDefinition, SecondaryStatus, TrainingJobStatus } from "@aws-sdk/client-sagemaker";
import type { SupervisedJob } from "../../../platform/jobs/job-supervisor.ts";
import type { RecordKey, RecordStore, StoredRecord } from "../../../platform/records/record-store.ts";
import type { Scope } from "../../../platform/scope.ts";
import type { Checked, InputOf } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { unknownTrainingJob } from "./errors.ts";

export type CreateTrainingJobRequest = InputOf<SageMakerApi, "CreateTrainingJob">;
export type TrainingChannelRequest = NonNullable<CreateTrainingJobRequest["InputDataConfig"]>[number];

/** One entry of `SecondaryStatusTransitions`. The last one has no end while the job runs. */
export interface Transition {
  readonly Status: SecondaryStatus;
  readonly StartTime: Date;
  readonly EndTime?: Date;
  readonly StatusMessage: string;
}

export interface FinalMetric {
  readonly MetricName: string;
  readonly Value: number;
  readonly Timestamp: Date;
}

export interface TrainingJobBody extends SupervisedJob {
  /** As it came, without its tags; UpdateTrainingJob changes some of it. */
  readonly request: Omit<CreateTrainingJobRequest, "Tags">;
  /** The request's own, and those that belong to the image. */
  readonly metricDefinitions: readonly Checked<MetricDefinition>[];
  readonly status: TrainingJobStatus;
  /** Oldest first; the status of the last one is the job's SecondaryStatus. Never empty. */
  readonly transitions: readonly Transition[];
  /** When input began to be downloaded, in the last attempt. */
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  readonly failureReason?: string;
  readonly finalMetrics?: readonly FinalMetric[];
  /** `S3ModelArtifacts`, once it is stored. */
  readonly modelArtifacts?: string;
}

export const trainingJobCollection = "sagemaker.training-job";

export function trainingJobKey(scope: Scope, name: string): RecordKey {
  return { collection: trainingJobCollection, scope, id: name };
}

/** @throws AwsError `ValidationException` `Requested resource not found.` */
export async function getTrainingJob(
  records: RecordStore,
  scope: Scope,
  name: string,
): Promise<StoredRecord<TrainingJobBody>> {
  const record = await records.get<TrainingJobBody>(trainingJobKey(scope, name));
  if (record === undefined) {
    throw unknownTrainingJob();
  }
  return record;
}

/** Images and channels refer to algorithms by URI; requests that name none were refused when the job was created. */
export function trainingImage(request: TrainingJobBody["request"]): string {
  return request.AlgorithmSpecification?.TrainingImage ?? "";
}
