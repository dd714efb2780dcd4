import type { StoredRecord } from "../../../platform/records/record-store.ts";
import type { Operation, OutputOf } from "../../operation.ts";
import type { Scope } from "../../../platform/scope.ts";
import type { SageMakerApi } from "../api.ts";
import { trainingJobArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import { listRecords } from "../list-records.ts";
import { type TrainingJobBody, trainingJobCollection } from "./training-job-record.ts";
import { secondaryStatus } from "./training-job-status.ts";

/** Lists training jobs, oldest first unless asked otherwise. */
export const listTrainingJobs: Operation<SageMakerApi, "ListTrainingJobs", SageMakerDeps> = {
  name: "ListTrainingJobs",

  permissions() {
    return [{ action: "sagemaker:ListTrainingJobs", resource: "*" }];
  },

  async run(input, context, deps) {
    // No job here has a warm pool or a training plan, so nothing can equal what is asked for.
    if (input.WarmPoolStatusEquals !== undefined || input.TrainingPlanArnEquals !== undefined) {
      return { TrainingJobSummaries: [] };
    }
    const source = { records: deps.records, collection: trainingJobCollection, scope: context.scope };
    const filters = { ...input, SortOrder: input.SortOrder ?? "Ascending" };
    const page = await listRecords<TrainingJobBody, Summary>(source, filters, (record) =>
      summary(record, context.scope),
    );
    return { TrainingJobSummaries: page.summaries, ...page.next };
  },
};

type Summary = NonNullable<OutputOf<SageMakerApi, "ListTrainingJobs">["TrainingJobSummaries"]>[number];

function summary({ id, body, createdAt, modifiedAt }: StoredRecord<TrainingJobBody>, scope: Scope): Summary {
  return {
    TrainingJobName: id,
    TrainingJobArn: trainingJobArn(scope, id),
    CreationTime: createdAt,
    LastModifiedTime: modifiedAt,
    TrainingJobStatus: body.status,
    SecondaryStatus: secondaryStatus(body),
    ...(body.endedAt === undefined ? {} : { TrainingEndTime: body.endedAt }),
  };
}
