import type { EndpointConfigBody, ProductionVariant } from "../../endpoint-configs/endpoint-config-record.ts";
import { validationException } from "../../errors.ts";

const supported =
  "Supported here: production variants with a ModelName, an InstanceType and an InitialInstanceCount, invoked in real time.";

/**
 * Endpoint configurations that can be recorded but not be served.
 * @throws AwsError `ValidationException` naming the member that stands in the way.
 */
export function refuseUnservable(config: EndpointConfigBody["request"]): void {
  const refused = unservableMember(config) ?? config.ProductionVariants.map(unservableVariantMember).find(isGiven);
  if (refused !== undefined) {
    throw validationException(
      `The endpoint configuration "${config.EndpointConfigName}" cannot be deployed: ${refused} is not supported. ${supported}`,
    );
  }
}

function unservableMember(config: EndpointConfigBody["request"]): string | undefined {
  if (config.AsyncInferenceConfig !== undefined) {
    return "AsyncInferenceConfig";
  }
  if (config.ExplainerConfig !== undefined) {
    return "ExplainerConfig";
  }
  if (config.ShadowProductionVariants !== undefined && config.ShadowProductionVariants.length > 0) {
    return "ShadowProductionVariants";
  }
  return undefined;
}

function unservableVariantMember(variant: ProductionVariant): string | undefined {
  if (variant.ServerlessConfig !== undefined) {
    return "ServerlessConfig";
  }
  if (variant.InstancePools !== undefined) {
    return "InstancePools";
  }
  if (variant.ManagedInstanceScaling?.Status === "ENABLED") {
    return "ManagedInstanceScaling";
  }
  if (variant.ModelName === undefined) {
    return "a variant without a ModelName";
  }
  return undefined;
}

function isGiven(member: string | undefined): member is string {
  return member !== undefined;
}
