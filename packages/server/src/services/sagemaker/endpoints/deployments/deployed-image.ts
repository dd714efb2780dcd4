import { createHash } from "node:crypto";
import type { ResolvedImage } from "../../../../platform/images/image-catalog.ts";

/** An image as DescribeEndpoint answers it. */
export interface DeployedImage {
  readonly SpecifiedImage: string;
  readonly ResolvedImage: string;
  readonly ResolutionTime: Date;
}

/**
 * `<repository>@sha256:…`. There is no image file to take a digest of: it is computed from what decides how the image behaves,
 * so that it changes when that does and is the same everywhere.
 */
export function deployedImage(image: ResolvedImage, resolvedAt: Date): DeployedImage {
  const digest = createHash("sha256")
    .update(JSON.stringify([image.repository, image.tag, image.algorithm, image.version]))
    .digest("hex");
  const repository = image.uri.replace(/(?:@[^/]*|:[^:/]*)$/, "");
  return { SpecifiedImage: image.uri, ResolvedImage: `${repository}@sha256:${digest}`, ResolutionTime: resolvedAt };
}
