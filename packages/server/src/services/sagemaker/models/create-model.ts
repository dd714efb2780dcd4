import type { Scope } from "../../../platform/scope.ts";
import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { modelArn } from "../arns.ts";
import { assumeRole, passRole } from "../assume-role.ts";
import type { SageMakerDeps } from "../deps.ts";
import { modelExists, validationException } from "../errors.ts";
import { tagCreation } from "../tags/tag-store.ts";
import { tagPermissions } from "../tags/tag-permissions.ts";
import { checkContainer, resolveImage } from "./check-container.ts";
import { checkModelData } from "./check-model-data.ts";
import { modelDataOf } from "./model-data-source.ts";
import { modelKey, type CreateModelRequest, type ModelBody } from "./model-record.ts";

/** Records a model: an image, the data it serves, and the role it does so with. Nothing runs before an endpoint or a job uses it. */
export const createModel: Operation<SageMakerApi, "CreateModel", SageMakerDeps> = {
  name: "CreateModel",

  permissions(input, context) {
    const arn = modelArn(context.scope, input.ModelName);
    return [
      { action: "sagemaker:CreateModel", resource: arn },
      ...(input.ExecutionRoleArn === undefined ? [] : [passRole(input.ExecutionRoleArn)]),
      ...tagPermissions(arn, input.Tags),
    ];
  },

  async run(input, context, deps) {
    const arn = modelArn(context.scope, input.ModelName);
    const { Tags: tags, ...request } = input;
    const key = modelKey(context.scope, input.ModelName);
    if ((await deps.records.get(key)) !== undefined) {
      throw modelExists(arn);
    }
    await checkModel(input, context.scope, deps);
    const facts = { createdAt: context.now, modifiedAt: context.now, status: "" };
    const body: ModelBody = { request };
    const created = await deps.records.batch([
      { type: "create", key, body, ...facts },
      ...tagCreation(context.scope, arn, tags, context.now),
    ]);
    if (!created) {
      throw modelExists(arn);
    }
    return { ModelArn: arn };
  },
};

async function checkModel(input: CreateModelRequest, scope: Scope, deps: SageMakerDeps): Promise<void> {
  const container = checkContainer(input);
  const roleArn = input.ExecutionRoleArn;
  if (roleArn === undefined) {
    throw validationException(
      "1 validation error detected: Value null at 'executionRoleArn' failed to satisfy constraint: Member must not be null",
    );
  }
  const session = await assumeRole(deps.roles, roleArn);
  resolveImage(deps.images, container, roleArn);
  const data = modelDataOf(container);
  if (data !== undefined) {
    await checkModelData(data, { arn: roleArn, session }, scope, deps.objects);
  }
}
