import type { TrainingContext } from "../../algorithm.ts";
import { type Hyperparameters, validateHyperparameters } from "../../manifest/validate-hyperparameters.ts";
import { dataFormat } from "../data/data-format.ts";
import { type ChannelReading } from "../data/load-channel.ts";
import { type XgboostImage, xgboostImage } from "../image-version.ts";
import type { NativeLibrary } from "../library/native-library.ts";
import { xgboostManifest } from "../manifest/xgboost-manifest.ts";
import { checkChannels, type JobChannels } from "./check-channels.ts";
import { checkDependencies } from "./check-dependencies.ts";
import { ContainerLog } from "./container-log.ts";

/** A training job whose request was found valid. */
export interface TrainingJob {
  readonly context: TrainingContext;
  readonly image: XgboostImage;
  readonly library: NativeLibrary;
  readonly hyperparameters: Hyperparameters;
  readonly channels: JobChannels;
  readonly reading: ChannelReading;
  readonly log: ContainerLog;
}

/** Everything that can be found wrong before the data is read. Throws UserError. */
export function checkJob(context: TrainingContext): Omit<TrainingJob, "library"> {
  const image = xgboostImage(context.imageVersion);
  const declarations = xgboostManifest.hyperparameters(context.imageVersion);
  const hyperparameters = validateHyperparameters(declarations, context.hyperparameters);
  checkDependencies(hyperparameters);
  const channels = checkChannels(context.channels);
  const log = new ContainerLog(context);
  const reading = {
    format: dataFormat(channels.train.contentType, image),
    weighted: hyperparameters.get("csv_weights") === 1,
    firstGeneration: image.firstGeneration,
    info: log.info,
  };
  return { context, image, hyperparameters, channels, reading, log };
}

/** A hyperparameter that is a number; `otherwise` when the job gives none. */
export function numberOf(hyperparameters: Hyperparameters, name: string, otherwise: number): number {
  const value = hyperparameters.get(name);
  return typeof value === "number" ? value : otherwise;
}

/** What the library may print: its own verbosity, or silence where the first image's `silent` asks for it. */
export function verbosityOf(hyperparameters: Hyperparameters): number {
  return numberOf(hyperparameters, "silent", 0) === 1 ? 0 : numberOf(hyperparameters, "verbosity", 1);
}
