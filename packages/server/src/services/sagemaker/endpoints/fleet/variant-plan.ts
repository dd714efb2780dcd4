import type { Scope } from "../../../../platform/scope.ts";
import type { DeployedVariant } from "../deployments/deployment.ts";

/** One variant of one endpoint, to be run. */
export interface VariantPlan {
  readonly scope: Scope;
  readonly endpointName: string;
  readonly variant: DeployedVariant;
}

/** The log group that all containers of an endpoint write to. */
export function endpointLogGroup(endpointName: string): string {
  return `/aws/sagemaker/Endpoints/${endpointName}`;
}
