import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { endpointConfigArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import { listRecords } from "../list-records.ts";
import { endpointConfigCollection } from "./endpoint-config-record.ts";

/** Lists endpoint configurations, newest first unless asked otherwise. */
export const listEndpointConfigs: Operation<SageMakerApi, "ListEndpointConfigs", SageMakerDeps> = {
  name: "ListEndpointConfigs",

  permissions() {
    return [{ action: "sagemaker:ListEndpointConfigs", resource: "*" }];
  },

  async run(input, context, deps) {
    const source = { records: deps.records, collection: endpointConfigCollection, scope: context.scope };
    const page = await listRecords(source, input, ({ id, createdAt }) => ({
      EndpointConfigName: id,
      EndpointConfigArn: endpointConfigArn(context.scope, id),
      CreationTime: createdAt,
    }));
    return { EndpointConfigs: page.summaries, ...page.next };
  },
};
