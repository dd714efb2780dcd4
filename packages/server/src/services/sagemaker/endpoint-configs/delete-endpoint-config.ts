import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { endpointConfigArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import { unknownEndpointConfig } from "../errors.ts";
import { tagDeletion } from "../tags/tag-store.ts";
import { endpointConfigKey, getEndpointConfig } from "./endpoint-config-record.ts";

/** Deletes an endpoint configuration. Endpoints that run by it go on: the SageMaker SDK deletes it before its endpoint. */
export const deleteEndpointConfig: Operation<SageMakerApi, "DeleteEndpointConfig", SageMakerDeps> = {
  name: "DeleteEndpointConfig",

  permissions(input, context) {
    const resource = endpointConfigArn(context.scope, input.EndpointConfigName);
    return [{ action: "sagemaker:DeleteEndpointConfig", resource }];
  },

  async run(input, context, deps) {
    const arn = endpointConfigArn(context.scope, input.EndpointConfigName);
    const { version } = await getEndpointConfig(deps.records, context.scope, input.EndpointConfigName);
    const deleted = await deps.records.batch([
      {
        type: "delete",
        key: endpointConfigKey(context.scope, input.EndpointConfigName),
        expectedVersion: version,
      },
      tagDeletion(context.scope, arn),
    ]);
    if (!deleted) {
      throw unknownEndpointConfig(arn);
    }
    return {};
  },
};
