import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { modelArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import { listRecords } from "../list-records.ts";
import { modelCollection } from "./model-record.ts";

/** Lists models, newest first unless asked otherwise. */
export const listModels: Operation<SageMakerApi, "ListModels", SageMakerDeps> = {
  name: "ListModels",

  permissions() {
    return [{ action: "sagemaker:ListModels", resource: "*" }];
  },

  async run(input, context, deps) {
    const source = { records: deps.records, collection: modelCollection, scope: context.scope };
    const page = await listRecords(source, input, ({ id, createdAt }) => ({
      ModelName: id,
      ModelArn: modelArn(context.scope, id),
      CreationTime: createdAt,
    }));
    return { Models: page.summaries, ...page.next };
  },
};
