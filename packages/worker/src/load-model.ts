import { algorithms, type LoadedModel } from "@clary/algorithms/catalog";
import { type Launch, mlPaths, mlRoot } from "@clary/runtime";
import { join } from "node:path";

/** What a host, or one of its threads, needs to know to load its model. */
export type ModelSource = Pick<Launch, "algorithm" | "imageVersion" | "threads" | "environment">;

/** Loads the model below `/opt/ml/model`. Throws what the algorithm says about it. */
export async function loadModel(source: ModelSource, log: (line: string) => void): Promise<LoadedModel> {
  const algorithm = algorithms[source.algorithm];
  if (algorithm === undefined) {
    throw new Error(`this worker has no algorithm named ${source.algorithm}`);
  }
  const directory = join(mlRoot(process.env), mlPaths.model);
  const { imageVersion: version, environment, threads } = source;
  return await algorithm.load(directory, { version, environment, threads, log });
}
