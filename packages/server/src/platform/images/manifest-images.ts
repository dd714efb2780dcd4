import { manifests } from "@clary/algorithms/manifests";
import type { ImageCatalog, ResolvedImage } from "./image-catalog.ts";

/** Images of the built-in algorithms, as their manifests declare them. */
export function manifestImages(): ImageCatalog {
  const images = new Map<string, Pick<ResolvedImage, "algorithm" | "version">>();
  for (const { algorithm, images: declared } of Object.values(manifests)) {
    for (const { repository, tag, version } of declared) {
      images.set(`${repository}:${tag}`, { algorithm, version });
    }
  }
  return {
    resolve(uri) {
      const name = imageName(uri);
      const image = images.get(`${name.repository}:${name.tag}`);
      return image === undefined ? undefined : { uri, ...name, ...image };
    },
    list: () => [...images.keys()],
  };
}

/** Repository and tag of an image URI; the registry's host says account and region, which do not matter here. */
function imageName(uri: string): { readonly repository: string; readonly tag: string } {
  const withoutDigest = uri.split("@", 1)[0] ?? "";
  const path = withoutDigest.slice(withoutDigest.indexOf("/") + 1);
  const colon = path.lastIndexOf(":");
  return colon < 0
    ? { repository: path, tag: "latest" }
    : { repository: path.slice(0, colon), tag: path.slice(colon + 1) };
}
