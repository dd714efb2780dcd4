import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** Where the build leaves the descriptions of AWS's services. */
export const modelsDirectory: string = fileURLToPath(new URL("../../models", import.meta.url));

/** How many services are described there; 0 when the build has not run. */
export async function serviceModelCount(): Promise<number> {
  const files = await readdir(modelsDirectory).catch(() => []);
  return files.filter((name) => name.endsWith(".json") && name !== "index.json").length;
}
