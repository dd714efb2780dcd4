import type { TransformJobStatus } from "@aws-sdk/client-sagemaker";
import type { SupervisedJob } from "../../../platform/jobs/job-supervisor.ts";
import type { RecordKey, RecordStore, StoredRecord } from "../../../platform/records/record-store.ts";
import type { Scope } from "../../../platform/scope.ts";
import type { InputOf } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import type { ModelBody } from "../models/model-record.ts";
import { unknownTransformJob } from "./errors.ts";

export type CreateTransformJobRequest = InputOf<SageMakerApi, "CreateTransformJob">;

/** A request as its record keeps it. */
export type TransformJobRequest = Omit<CreateTransformJobRequest, "Tags">;

export interface TransformJobBody extends SupervisedJob {
  /** As it came, without its tags. */
  readonly request: TransformJobRequest;
  /** The model as it was when the job was created: it may be deleted while the job runs. */
  readonly model: ModelBody;
  readonly status: TransformJobStatus;
  readonly createdAt: Date;
  /** One for each instance, the same in all attempts: log streams are named after them. */
  readonly instanceIds: readonly string[];
  /** When instances began to start, in the last attempt. */
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  readonly failureReason?: string;
}

export const transformJobCollection = "sagemaker.transform-job";

export function transformJobKey(scope: Scope, name: string): RecordKey {
  return { collection: transformJobCollection, scope, id: name };
}

/** @throws AwsError `ValidationException` `Could not find requested job with name: <name>` */
export async function getTransformJob(
  records: RecordStore,
  scope: Scope,
  name: string,
): Promise<StoredRecord<TransformJobBody>> {
  const record = await records.get<TransformJobBody>(transformJobKey(scope, name));
  if (record === undefined) {
    throw unknownTransformJob(name);
  }
  return record;
}
