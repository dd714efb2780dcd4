import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { endpointConfigArn } from "../arns.ts";
import { assumeRole, passRole } from "../assume-role.ts";
import type { SageMakerDeps } from "../deps.ts";
import { endpointConfigExists } from "../errors.ts";
import { getModel } from "../models/model-record.ts";
import { tagPermissions } from "../tags/tag-permissions.ts";
import { tagCreation } from "../tags/tag-store.ts";
import { checkVariants } from "./check-variants.ts";
import { endpointConfigKey, type EndpointConfigBody } from "./endpoint-config-record.ts";

/** Records which models an endpoint shall serve, and on what. The models must exist; nothing runs yet. */
export const createEndpointConfig: Operation<SageMakerApi, "CreateEndpointConfig", SageMakerDeps> = {
  name: "CreateEndpointConfig",

  permissions(input, context) {
    const arn = endpointConfigArn(context.scope, input.EndpointConfigName);
    return [
      { action: "sagemaker:CreateEndpointConfig", resource: arn },
      ...(input.ExecutionRoleArn === undefined ? [] : [passRole(input.ExecutionRoleArn)]),
      ...tagPermissions(arn, input.Tags),
    ];
  },

  async run(input, context, deps) {
    const arn = endpointConfigArn(context.scope, input.EndpointConfigName);
    const key = endpointConfigKey(context.scope, input.EndpointConfigName);
    if ((await deps.records.get(key)) !== undefined) {
      throw endpointConfigExists(arn);
    }
    checkVariants(input);
    for (const { ModelName: model } of [...input.ProductionVariants, ...(input.ShadowProductionVariants ?? [])]) {
      if (model !== undefined) {
        await getModel(deps.records, context.scope, model);
      }
    }
    if (input.ExecutionRoleArn !== undefined) {
      await assumeRole(deps.roles, input.ExecutionRoleArn);
    }
    const { Tags: tags, ...request } = input;
    const body: EndpointConfigBody = { request };
    const created = await deps.records.batch([
      { type: "create", key, body, createdAt: context.now, modifiedAt: context.now, status: "" },
      ...tagCreation(context.scope, arn, tags, context.now),
    ]);
    if (!created) {
      throw endpointConfigExists(arn);
    }
    return { EndpointConfigArn: arn };
  },
};
