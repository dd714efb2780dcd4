import { join } from "node:path";
import type { Booster } from "../library/booster.ts";
import { encodeArtifact, MODEL_FILE, writeFileAtomically } from "../model/write-artifact.ts";
import type { TrainingJob } from "./training-job.ts";

/** Writes the artifact, in the form of the job's image; `suffix` tells the models of a cross validation apart. */
export async function saveModel(job: TrainingJob, booster: Booster, suffix = ""): Promise<void> {
  const path = join(job.context.modelDirectory, `${MODEL_FILE}${suffix}`);
  await writeFileAtomically(path, encodeArtifact(booster, job.image));
}
