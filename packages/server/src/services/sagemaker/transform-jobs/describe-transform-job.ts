import type { StoredRecord } from "../../../platform/records/record-store.ts";
import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { transformJobArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import {
  getTransformJob,
  type TransformJobBody,
  transformJobKey,
  type TransformJobRequest,
} from "./transform-job-record.ts";

/** A job as it stands: its request with the defaults that AWS fills in, and what has become of it. */
export const describeTransformJob: Operation<SageMakerApi, "DescribeTransformJob", SageMakerDeps> = {
  name: "DescribeTransformJob",

  permissions(input, context) {
    return [
      { action: "sagemaker:DescribeTransformJob", resource: transformJobArn(context.scope, input.TransformJobName) },
    ];
  },

  async run(input, context, deps) {
    const key = transformJobKey(context.scope, input.TransformJobName);
    await deps.firstDescribes.hold(key, context, (held, signal) => deps.jobs.settled(held, signal));
    const record = await getTransformJob(deps.records, context.scope, input.TransformJobName);
    return {
      ...requestOf(record.body.request),
      ...lifecycleOf(record),
      TransformJobArn: transformJobArn(context.scope, record.id),
    };
  },
};

function requestOf(request: TransformJobRequest) {
  return {
    ...request,
    TransformInput: { CompressionType: "None" as const, SplitType: "None" as const, ...request.TransformInput },
    TransformOutput: { AssembleWith: "None" as const, KmsKeyId: "", ...request.TransformOutput },
    DataProcessing: {
      InputFilter: "$",
      OutputFilter: "$",
      JoinSource: "None" as const,
      ...request.DataProcessing,
    },
  };
}

function lifecycleOf({ body, createdAt }: StoredRecord<TransformJobBody>) {
  return {
    TransformJobStatus: body.status,
    CreationTime: createdAt,
    ...(body.failureReason === undefined ? {} : { FailureReason: body.failureReason }),
    ...(body.startedAt === undefined ? {} : { TransformStartTime: body.startedAt }),
    ...(body.endedAt === undefined ? {} : { TransformEndTime: body.endedAt }),
  };
}
