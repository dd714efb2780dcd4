import type { StoredRecord } from "../../../platform/records/record-store.ts";
import type { Operation, OutputOf } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { trainingJobArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import { defaultMaxRuntimeSeconds } from "./check-training-job.ts";
import { getTrainingJob, type TrainingJobBody, trainingJobKey } from "./training-job-record.ts";
import { secondaryStatus } from "./training-job-status.ts";

type Answer = OutputOf<SageMakerApi, "DescribeTrainingJob">;

/** A job as it stands: its request with the defaults that AWS fills in, and what has become of it. */
export const describeTrainingJob: Operation<SageMakerApi, "DescribeTrainingJob", SageMakerDeps> = {
  name: "DescribeTrainingJob",

  permissions(input, context) {
    return [
      { action: "sagemaker:DescribeTrainingJob", resource: trainingJobArn(context.scope, input.TrainingJobName) },
    ];
  },

  async run(input, context, deps) {
    const key = trainingJobKey(context.scope, input.TrainingJobName);
    await deps.firstDescribes.hold(key, context, (held, signal) => deps.jobs.settled(held, signal));
    const record = await getTrainingJob(deps.records, context.scope, input.TrainingJobName);
    return {
      ...requestOf(record.body),
      ...lifecycleOf(record),
      TrainingJobArn: trainingJobArn(context.scope, record.id),
    };
  },
};

/** The request, echoed whole; the `EnableX` members and some defaults are always shown, and some clients index them. */
function requestOf(body: TrainingJobBody) {
  const { SessionChainingConfig: _, ...request } = body.request;
  return {
    EnableNetworkIsolation: false,
    EnableInterContainerTrafficEncryption: false,
    EnableManagedSpotTraining: false,
    ...request,
    StoppingCondition: { MaxRuntimeInSeconds: defaultMaxRuntimeSeconds, ...request.StoppingCondition },
    OutputDataConfig: { KmsKeyId: "", CompressionType: "GZIP", ...request.OutputDataConfig },
    ...(request.AlgorithmSpecification === undefined
      ? {}
      : {
          AlgorithmSpecification: {
            ...request.AlgorithmSpecification,
            MetricDefinitions: [...body.metricDefinitions],
          },
        }),
    ...(request.InputDataConfig === undefined
      ? {}
      : {
          InputDataConfig: request.InputDataConfig.map((channel) => ({
            CompressionType: "None" as const,
            RecordWrapperType: "None" as const,
            ...channel,
          })),
        }),
  } satisfies Partial<Answer>;
}

function lifecycleOf({ body, createdAt, modifiedAt }: StoredRecord<TrainingJobBody>) {
  return {
    TrainingJobStatus: body.status,
    SecondaryStatus: secondaryStatus(body),
    SecondaryStatusTransitions: [...body.transitions],
    CreationTime: createdAt,
    LastModifiedTime: modifiedAt,
    ModelArtifacts: body.modelArtifacts === undefined ? undefined : { S3ModelArtifacts: body.modelArtifacts },
    ...(body.failureReason === undefined ? {} : { FailureReason: body.failureReason }),
    ...(body.finalMetrics === undefined ? {} : { FinalMetricDataList: [...body.finalMetrics] }),
    ...timing(body),
  } satisfies Partial<Answer>;
}

/** Absent as long as nothing has been downloaded, so also for jobs that failed before. Clients divide by the seconds: never 0. */
function timing({ startedAt, endedAt }: TrainingJobBody): Partial<Answer> {
  if (startedAt === undefined) {
    return {};
  }
  if (endedAt === undefined) {
    return { TrainingStartTime: startedAt };
  }
  const seconds = Math.max(1, Math.floor((endedAt.getTime() - startedAt.getTime()) / 1000));
  return {
    TrainingStartTime: startedAt,
    TrainingEndTime: endedAt,
    TrainingTimeInSeconds: seconds,
    BillableTimeInSeconds: seconds,
  };
}
