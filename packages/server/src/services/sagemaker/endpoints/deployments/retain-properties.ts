import type { UpdateEndpointRequest } from "../endpoint-record.ts";
import type { DeployedVariant, Deployment } from "./deployment.ts";

type RetainOptions = Pick<UpdateEndpointRequest, "RetainAllVariantProperties" | "ExcludeRetainedVariantProperties">;

/** With `RetainAllVariantProperties`, what runs keeps its weights, instance counts and data capture, but for what was excluded. */
export function retainProperties(
  next: Deployment,
  current: Deployment | undefined,
  options: RetainOptions,
): Deployment {
  if (options.RetainAllVariantProperties !== true || current === undefined) {
    return next;
  }
  const excluded = new Set((options.ExcludeRetainedVariantProperties ?? []).map((one) => one.VariantPropertyType));
  const { dataCapture: nextCapture, ...rest } = next;
  const dataCapture = excluded.has("DataCaptureConfig") ? nextCapture : current.dataCapture;
  return {
    ...rest,
    variants: next.variants.map((variant) => retainVariant(variant, current, excluded)),
    ...(dataCapture === undefined ? {} : { dataCapture }),
  };
}

function retainVariant(variant: DeployedVariant, current: Deployment, excluded: ReadonlySet<string>): DeployedVariant {
  const present = current.variants.find((one) => one.request.VariantName === variant.request.VariantName);
  if (present === undefined) {
    return variant;
  }
  return {
    ...variant,
    weight: excluded.has("DesiredWeight") ? variant.weight : present.weight,
    instanceCount: excluded.has("DesiredInstanceCount") ? variant.instanceCount : present.instanceCount,
  };
}
