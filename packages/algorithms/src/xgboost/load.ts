import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LoadedModel, LoadOptions } from "../algorithm.ts";
import { UserError } from "../failures.ts";
import { xgboostImage } from "./image-version.ts";
import type { Environment } from "./library/environment.ts";
import { sendLogTo } from "./library/log-callback.ts";
import type { NativeLibrary } from "./library/native-library.ts";
import { openLibrary } from "./library/open-library.ts";
import { bestRounds, type BoosterModel, ModelFormatError } from "./model/booster-model.ts";
import { parseModel } from "./model/parse-model.ts";
import { MODEL_FILE } from "./model/write-artifact.ts";
import { EnsemblePredictor } from "./predict/ensemble-predictor.ts";
import { encodeFlatModel } from "./predict/flat-codec.ts";
import { flattenModel } from "./predict/flatten.ts";
import { HybridPredictor } from "./predict/hybrid-predictor.ts";
import { LibraryPredictor } from "./predict/library-predictor.ts";
import { logRefusals } from "./serving/log-refusals.ts";
import { XgboostServing } from "./serving/xgboost-serving.ts";

/** Opens an unpacked artifact for serving. Throws UserError when it is not an XGBoost model. */
export async function load(
  modelDirectory: string,
  options: LoadOptions,
  environment: Environment,
): Promise<LoadedModel> {
  const files = await modelFiles(modelDirectory, options);
  const library = await openLibrary({
    environment,
    wanted: xgboostImage(options.version).release,
    progress: options.log,
  });
  sendLogTo(library, 1, options.log);
  const members = await Promise.all(files.map((file) => openMember(library, file, options)));
  const [first] = members;
  if (first === undefined) {
    throw new UserError(`No model was found in the archive: it needs a file ${MODEL_FILE}`);
  }
  const predictor = members.length === 1 ? first.predictor : new EnsemblePredictor(members, first.model.objective);
  const { objective, classes, features } = first.model;
  const serving = new XgboostServing({ objective, classes, features, predictor }, options);
  return {
    algorithm: "xgboost",
    invoke: logRefusals(serving, options.log),
    ...(members.length === 1 && first.predictor.flat !== undefined
      ? { flat: encodeFlatModel(first.predictor.flat) }
      : {}),
    close: () => members.forEach((member) => member.predictor.close()),
  };
}

interface Member {
  readonly model: BoosterModel;
  readonly predictor: HybridPredictor;
}

async function openMember(library: NativeLibrary, path: string, options: LoadOptions): Promise<Member> {
  options.log(`Loading the model from ${path}`);
  const bytes = await readFile(path);
  try {
    const model = parseModel(bytes);
    const native = LibraryPredictor.open(library, bytes, {
      model,
      rounds: bestRounds(model),
      threads: options.threads,
    });
    const flat = flattenModel(model);
    return { model, predictor: new HybridPredictor(native, flat, options.log) };
  } catch (error) {
    if (error instanceof ModelFormatError) {
      throw new UserError(`Model at ${path} cannot be loaded:\n${error.message}`, { cause: error });
    }
    throw error;
  }
}

/**
 * The model files of an artifact. Several, as cross validation leaves them, are averaged, unless
 * SAGEMAKER_INFERENCE_ENSEMBLE is `false`. Files of other names are left alone, except when they are all there is.
 */
async function modelFiles(directory: string, { environment }: LoadOptions): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && !entry.name.startsWith(".")).map((entry) => entry.name);
  const models = names.filter((name) => name.startsWith(MODEL_FILE)).toSorted();
  const chosen = models.length > 0 ? models : names.toSorted().slice(0, 1);
  const ensemble = (environment["SAGEMAKER_INFERENCE_ENSEMBLE"] ?? "true") === "true";
  return (ensemble ? chosen : chosen.slice(0, 1)).map((name) => join(directory, name));
}
