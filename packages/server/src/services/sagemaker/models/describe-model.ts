import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { modelArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import { getModel, type ModelContainer } from "./model-record.ts";

/** Answers a model as it was created. */
export const describeModel: Operation<SageMakerApi, "DescribeModel", SageMakerDeps> = {
  name: "DescribeModel",

  permissions(input, context) {
    return [{ action: "sagemaker:DescribeModel", resource: modelArn(context.scope, input.ModelName) }];
  },

  async run(input, context, deps) {
    const { body, createdAt } = await getModel(deps.records, context.scope, input.ModelName);
    const { PrimaryContainer: primary, Containers: containers, ...request } = body.request;
    return {
      EnableNetworkIsolation: false,
      ...request,
      ...(primary === undefined ? {} : { PrimaryContainer: withMode(primary) }),
      ...(containers === undefined ? {} : { Containers: containers.map(withMode) }),
      ModelArn: modelArn(context.scope, input.ModelName),
      CreationTime: createdAt,
    };
  },
};

/** AWS answers the mode also where the request left it out. */
function withMode(container: ModelContainer): ModelContainer {
  return { Mode: "SingleModel", ...container };
}
