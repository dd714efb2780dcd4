import type { EndpointRoute, VariantRoute } from "../deps.ts";
import { variantNotFound } from "../errors.ts";

/**
 * The variant that answers: the one that the caller named, else one by chance, with probability weight / sum of weights.
 * @throws AwsError `ValidationError` when the named variant does not exist.
 */
export function pickVariant(route: EndpointRoute, target: string | undefined, random: () => number): VariantRoute {
  if (target !== undefined) {
    return namedVariant(route, target);
  }
  let left = route.variants.length === 1 ? 0 : random() * route.totalWeight;
  let last: VariantRoute | undefined;
  for (const variant of route.variants) {
    if (variant.weight > 0 || route.variants.length === 1) {
      last = variant;
      left -= variant.weight;
      if (left < 0) {
        break;
      }
    }
  }
  if (last === undefined) {
    throw new Error("an endpoint in service has no variant that takes calls");
  }
  return last;
}

function namedVariant(route: EndpointRoute, name: string): VariantRoute {
  const variant = route.variants.find((candidate) => candidate.name === name);
  if (variant === undefined) {
    throw variantNotFound(name);
  }
  return variant;
}
