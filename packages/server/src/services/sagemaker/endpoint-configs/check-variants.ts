import { validationException } from "../errors.ts";
import type { CreateEndpointConfigRequest, ProductionVariant } from "./endpoint-config-record.ts";

/**
 * Refuses variants that contradict themselves or each other; what a single member may hold was checked before.
 * @throws AwsError `ValidationException`
 */
export function checkVariants(input: CreateEndpointConfigRequest): void {
  const shadows = input.ShadowProductionVariants ?? [];
  const variants = [...input.ProductionVariants, ...shadows];
  refuseRepeatedNames(variants);
  for (const variant of variants) {
    checkResources(variant);
  }
  if (!input.ProductionVariants.some((variant) => (variant.InitialVariantWeight ?? 1) > 0)) {
    throw validationException("At least one production variant must have an InitialVariantWeight greater than 0.");
  }
  if (shadows.length > 0 && (shadows.length > 1 || input.ProductionVariants.length > 1)) {
    throw validationException(
      "An endpoint configuration with a shadow variant must have exactly one production variant and one shadow variant.",
    );
  }
}

function refuseRepeatedNames(variants: readonly ProductionVariant[]): void {
  const names = new Set<string>();
  for (const { VariantName: name } of variants) {
    if (names.has(name)) {
      throw validationException(`The variant name "${name}" was non-unique within the request.`);
    }
    names.add(name);
  }
}

function checkResources(variant: ProductionVariant): void {
  const kinds = [variant.InstanceType, variant.ServerlessConfig, variant.InstancePools].filter(
    (kind) => kind !== undefined,
  );
  if (kinds.length !== 1) {
    throw validationException(
      `Production variant "${variant.VariantName}" must specify exactly one of InstanceType, InstancePools and ServerlessConfig.`,
    );
  }
  if (variant.ServerlessConfig !== undefined && variant.InitialInstanceCount !== undefined) {
    throw validationException(
      `Production variant "${variant.VariantName}" must not specify InitialInstanceCount together with ServerlessConfig.`,
    );
  }
  if (variant.InstanceType !== undefined && variant.InitialInstanceCount === undefined) {
    throw validationException(
      `Production variant "${variant.VariantName}" must specify InitialInstanceCount together with InstanceType.`,
    );
  }
}
