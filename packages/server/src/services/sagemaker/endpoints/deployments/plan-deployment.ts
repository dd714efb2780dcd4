import type { Scope } from "../../../../platform/scope.ts";
import type { SageMakerDeps } from "../../deps.ts";
import { getEndpointConfig, type ProductionVariant } from "../../endpoint-configs/endpoint-config-record.ts";
import { validationException } from "../../errors.ts";
import { resolveImage } from "../../models/check-container.ts";
import { containerOf, getModel } from "../../models/model-record.ts";
import type { DeployedVariant, Deployment } from "./deployment.ts";
import { refuseUnservable } from "./refuse-unservable.ts";

/**
 * Resolves an endpoint configuration to what has to run.
 * @throws AwsError `ValidationException` when the configuration or a model is gone, or cannot be served here.
 */
export async function planDeployment(
  configName: string,
  scope: Scope,
  now: Date,
  deps: SageMakerDeps,
): Promise<Deployment> {
  const { request } = (await getEndpointConfig(deps.records, scope, configName)).body;
  refuseUnservable(request);
  const variants: DeployedVariant[] = [];
  for (const variant of request.ProductionVariants) {
    variants.push(await planVariant(variant, scope, deps));
  }
  return {
    configName,
    variants,
    startedAt: now,
    ...(request.DataCaptureConfig === undefined ? {} : { dataCapture: request.DataCaptureConfig }),
  };
}

async function planVariant(request: ProductionVariant, scope: Scope, deps: SageMakerDeps): Promise<DeployedVariant> {
  if (request.ModelName === undefined) {
    throw validationException(`Production variant "${request.VariantName}" names no model.`);
  }
  const model = (await getModel(deps.records, scope, request.ModelName)).body;
  const image = resolveImage(deps.images, containerOf(model), model.request.ExecutionRoleArn ?? "");
  return {
    request,
    model,
    image,
    weight: request.InitialVariantWeight ?? 1,
    instanceCount: request.InitialInstanceCount ?? 1,
  };
}
