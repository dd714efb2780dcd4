import type { TrainingChannel } from "../../algorithm.ts";
import { UserError } from "../../failures.ts";
import { xgboostManifest } from "../manifest/xgboost-manifest.ts";

/** The channels of a job that hold data. */
export interface JobChannels {
  readonly train: TrainingChannel;
  readonly validation?: TrainingChannel;
}

/** Checks the job's channels against the manifest, with the messages of AWS's container. Throws UserError. */
export function checkChannels(channels: readonly TrainingChannel[]): JobChannels {
  const byName = new Map(channels.map((channel) => [channel.name, channel]));
  const train = byName.get("train");
  if (train === undefined) {
    throw new UserError("Missing required channel: train");
  }
  for (const { name } of channels) {
    if (!xgboostManifest.channels.some((declared) => declared.name === name)) {
      throw new UserError(`Extraneous channel found: ${name}`);
    }
  }
  const validation = byName.get("validation");
  return { train, ...(validation === undefined ? {} : { validation }) };
}
