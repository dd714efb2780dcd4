import type { StoredRecord } from "../../../platform/records/record-store.ts";
import type { Scope } from "../../../platform/scope.ts";
import type { Operation, OutputOf } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { transformJobArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import { listRecords } from "../list-records.ts";
import { type TransformJobBody, transformJobCollection } from "./transform-job-record.ts";

/** Lists transform jobs, newest first unless asked otherwise. */
export const listTransformJobs: Operation<SageMakerApi, "ListTransformJobs", SageMakerDeps> = {
  name: "ListTransformJobs",

  permissions() {
    return [{ action: "sagemaker:ListTransformJobs", resource: "*" }];
  },

  async run(input, context, deps) {
    const source = { records: deps.records, collection: transformJobCollection, scope: context.scope };
    const page = await listRecords<TransformJobBody, Summary>(source, input, (record) =>
      summary(record, context.scope),
    );
    return { TransformJobSummaries: page.summaries, ...page.next };
  },
};

type Summary = NonNullable<OutputOf<SageMakerApi, "ListTransformJobs">["TransformJobSummaries"]>[number];

function summary({ id, body, createdAt, modifiedAt }: StoredRecord<TransformJobBody>, scope: Scope): Summary {
  return {
    TransformJobName: id,
    TransformJobArn: transformJobArn(scope, id),
    CreationTime: createdAt,
    LastModifiedTime: modifiedAt,
    TransformJobStatus: body.status,
    ...(body.endedAt === undefined ? {} : { TransformEndTime: body.endedAt }),
    ...(body.failureReason === undefined ? {} : { FailureReason: body.failureReason }),
  };
}
