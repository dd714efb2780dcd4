import type { DeployedVariant, Deployment } from "./deployment.ts";
import { deployedImage, type DeployedImage } from "./deployed-image.ts";

export interface VariantSummary {
  readonly VariantName: string;
  readonly DeployedImages: DeployedImage[];
  readonly CurrentWeight: number;
  readonly DesiredWeight: number;
  readonly CurrentInstanceCount: number;
  readonly DesiredInstanceCount: number;
  readonly RoutingConfig?: NonNullable<DeployedVariant["request"]["RoutingConfig"]>;
}

/** The variants of a deployment as DescribeEndpoint answers them; `running` says whether its instances are up. */
export function summariseVariants(deployment: Deployment, running: boolean): VariantSummary[] {
  return deployment.variants.map((variant) => ({
    VariantName: variant.request.VariantName,
    DeployedImages: [deployedImage(variant.image, deployment.startedAt)],
    CurrentWeight: variant.weight,
    DesiredWeight: variant.weight,
    CurrentInstanceCount: running ? variant.instanceCount : 0,
    DesiredInstanceCount: variant.instanceCount,
    ...(variant.request.RoutingConfig === undefined ? {} : { RoutingConfig: variant.request.RoutingConfig }),
  }));
}
