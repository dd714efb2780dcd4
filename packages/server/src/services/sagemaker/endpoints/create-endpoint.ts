import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { endpointArn, endpointConfigArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import { endpointExists } from "../errors.ts";
import { tagPermissions } from "../tags/tag-permissions.ts";
import { tagCreation } from "../tags/tag-store.ts";
import { planDeployment } from "./deployments/plan-deployment.ts";
import { refuseDeploymentConfig } from "./deployments/refuse-deployment-config.ts";
import { endpointKey, type EndpointBody } from "./endpoint-record.ts";

/** Records an endpoint and has it brought up; it reports `InService` or `Failed` later. */
export const createEndpoint: Operation<SageMakerApi, "CreateEndpoint", SageMakerDeps> = {
  name: "CreateEndpoint",

  permissions(input, context) {
    const arn = endpointArn(context.scope, input.EndpointName);
    return [
      { action: "sagemaker:CreateEndpoint", resource: arn },
      { action: "sagemaker:CreateEndpoint", resource: endpointConfigArn(context.scope, input.EndpointConfigName) },
      ...tagPermissions(arn, input.Tags),
    ];
  },

  async run(input, context, deps) {
    const arn = endpointArn(context.scope, input.EndpointName);
    const key = endpointKey(context.scope, input.EndpointName);
    if ((await deps.records.get(key)) !== undefined) {
      throw endpointExists(arn);
    }
    refuseDeploymentConfig(input.DeploymentConfig);
    const body: EndpointBody = {
      incarnation: deps.ids.uuid(),
      status: "Creating",
      pending: await planDeployment(input.EndpointConfigName, context.scope, context.now, deps),
      ...(input.DeploymentConfig === undefined ? {} : { deploymentConfig: input.DeploymentConfig }),
    };
    const created = await deps.records.batch([
      { type: "create", key, body, createdAt: context.now, modifiedAt: context.now, status: body.status },
      ...tagCreation(context.scope, arn, input.Tags, context.now),
    ]);
    if (!created) {
      throw endpointExists(arn);
    }
    deps.firstDescribes.expect(key);
    deps.endpoints.create(key, body.incarnation);
    return { EndpointArn: arn };
  },
};
