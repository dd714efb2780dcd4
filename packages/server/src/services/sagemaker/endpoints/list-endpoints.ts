import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { endpointArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import { listRecords } from "../list-records.ts";
import { endpointCollection, type EndpointBody } from "./endpoint-record.ts";

/** Lists endpoints, newest first unless asked otherwise. */
export const listEndpoints: Operation<SageMakerApi, "ListEndpoints", SageMakerDeps> = {
  name: "ListEndpoints",

  permissions() {
    return [{ action: "sagemaker:ListEndpoints", resource: "*" }];
  },

  async run(input, context, deps) {
    const source = { records: deps.records, collection: endpointCollection, scope: context.scope };
    const page = await listRecords<EndpointBody, EndpointSummary>(source, input, (record) => ({
      EndpointName: record.id,
      EndpointArn: endpointArn(context.scope, record.id),
      CreationTime: record.createdAt,
      LastModifiedTime: record.modifiedAt,
      EndpointStatus: record.body.status,
    }));
    return { Endpoints: page.summaries, ...page.next };
  },
};

interface EndpointSummary {
  readonly EndpointName: string;
  readonly EndpointArn: string;
  readonly CreationTime: Date;
  readonly LastModifiedTime: Date;
  readonly EndpointStatus: EndpointBody["status"];
}
