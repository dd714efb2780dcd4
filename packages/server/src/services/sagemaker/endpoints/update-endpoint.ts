import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { endpointArn, endpointConfigArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import { endpointInProgress, validationException } from "../errors.ts";
import { planDeployment } from "./deployments/plan-deployment.ts";
import { refuseDeploymentConfig } from "./deployments/refuse-deployment-config.ts";
import { retainProperties } from "./deployments/retain-properties.ts";
import {
  endpointKey,
  getEndpoint,
  isInProgress,
  type EndpointBody,
  type UpdateEndpointRequest,
} from "./endpoint-record.ts";

/** Has an endpoint replaced by what another configuration says. It serves as before until the new hosts are healthy. */
export const updateEndpoint: Operation<SageMakerApi, "UpdateEndpoint", SageMakerDeps> = {
  name: "UpdateEndpoint",

  permissions(input, context) {
    return [
      { action: "sagemaker:UpdateEndpoint", resource: endpointArn(context.scope, input.EndpointName) },
      { action: "sagemaker:UpdateEndpoint", resource: endpointConfigArn(context.scope, input.EndpointConfigName) },
    ];
  },

  async run(input, context, deps) {
    const arn = endpointArn(context.scope, input.EndpointName);
    const key = endpointKey(context.scope, input.EndpointName);
    for (;;) {
      const record = await getEndpoint(deps.records, context.scope, input.EndpointName);
      refuseUnsettled(arn, record.body);
      refuseDeploymentConfig(input.DeploymentConfig);
      const planned = await planDeployment(input.EndpointConfigName, context.scope, context.now, deps);
      const body = updating(record.body, retainProperties(planned, record.body.current, input), input);
      const facts = { createdAt: record.createdAt, modifiedAt: context.now, status: body.status };
      if (await deps.records.update(key, record.version, body, facts)) {
        deps.endpoints.update(key);
        return { EndpointArn: arn };
      }
    }
  },
};

function refuseUnsettled(arn: string, body: EndpointBody): void {
  if (isInProgress(body)) {
    throw endpointInProgress(arn);
  }
  if (body.status === "Failed") {
    throw validationException(
      `Cannot update endpoint "${arn}" in status Failed. A failed endpoint can only be deleted.`,
    );
  }
}

function updating(body: EndpointBody, pending: EndpointBody["pending"], input: UpdateEndpointRequest): EndpointBody {
  const { failureReason: _over, deploymentConfig: last, ...rest } = body;
  const deploymentConfig = input.DeploymentConfig ?? (input.RetainDeploymentConfig === true ? last : undefined);
  return {
    ...rest,
    status: "Updating",
    ...(pending === undefined ? {} : { pending }),
    ...(deploymentConfig === undefined ? {} : { deploymentConfig }),
  };
}
