import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { endpointConfigArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import { getEndpointConfig } from "./endpoint-config-record.ts";

/** Answers an endpoint configuration as it was created. */
export const describeEndpointConfig: Operation<SageMakerApi, "DescribeEndpointConfig", SageMakerDeps> = {
  name: "DescribeEndpointConfig",

  permissions(input, context) {
    const resource = endpointConfigArn(context.scope, input.EndpointConfigName);
    return [{ action: "sagemaker:DescribeEndpointConfig", resource }];
  },

  async run(input, context, deps) {
    const { body, createdAt } = await getEndpointConfig(deps.records, context.scope, input.EndpointConfigName);
    return {
      EnableNetworkIsolation: false,
      ...body.request,
      ProductionVariants: body.request.ProductionVariants.map((variant) => ({ InitialVariantWeight: 1, ...variant })),
      EndpointConfigArn: endpointConfigArn(context.scope, input.EndpointConfigName),
      CreationTime: createdAt,
    };
  },
};
