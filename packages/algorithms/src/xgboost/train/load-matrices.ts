import { freemem } from "node:os";
import { stat } from "node:fs/promises";
import type { TrainingChannel } from "../../algorithm.ts";
import { UserError } from "../../failures.ts";
import { concatData } from "../data/concat-data.ts";
import { loadChannel } from "../data/load-channel.ts";
import { narrowValues } from "../data/narrow-values.ts";
import { releaseMemory } from "../data/release-memory.ts";
import { countEntries, toDMatrix, type LibraryData, type TrainingData } from "../data/training-data.ts";
import { XgboostError } from "../library/native-library.ts";
import type { WatchedSet } from "./boost.ts";
import type { TrainingJob } from "./training-job.ts";

/** The job's data in the library; a channel without rows is undefined. */
export interface Matrices {
  readonly train: WatchedSet | undefined;
  readonly validation: WatchedSet | undefined;
}

/** Reads the channels, one after the other: only one is in memory twice at a time. Throws UserError. */
export async function loadMatrices(job: TrainingJob): Promise<Matrices> {
  const { train, validation } = job.channels;
  if (job.image.firstGeneration) {
    await logSizes(job);
  }
  const matrices = {
    train: await loadMatrix(job, train),
    validation: validation === undefined ? undefined : await loadMatrix(job, validation),
  };
  const columns = matrices.train?.matrix.columns ?? Infinity;
  if (matrices.validation !== undefined && matrices.validation.matrix.columns > columns) {
    const found = matrices.validation.matrix.columns;
    throw new UserError(`feature_names mismatch: the train channel has ${columns} features, validation has ${found}`);
  }
  return matrices;
}

/** Reads the channels without handing them to the library yet: in distributed training that is a collective act. */
export async function loadChannels(
  job: TrainingJob,
): Promise<{ readonly train: TrainingData | undefined; readonly validation: TrainingData | undefined }> {
  const { train, validation } = job.channels;
  return {
    train: await loadChannel(train, job.reading),
    validation: validation === undefined ? undefined : await loadChannel(validation, job.reading),
  };
}

/** The rows of both channels as one matrix: cross validation makes its own validation sets. Throws UserError. */
export async function loadAllRows(job: TrainingJob): Promise<WatchedSet> {
  const { train, validation } = await loadChannels(job);
  if (train === undefined) {
    throw new UserError(`No data in training channel path ${job.channels.train.displayPath}`);
  }
  const data = validation === undefined ? train : concatData(train, validation);
  const matrix = createMatrix(job, data);
  await releaseMemory(data.features.values);
  return { name: "train", labels: data.labels, matrix };
}

async function loadMatrix(job: TrainingJob, channel: TrainingChannel): Promise<WatchedSet | undefined> {
  const data = await loadChannel(channel, job.reading);
  if (data === undefined) {
    return undefined;
  }
  if (job.image.firstGeneration) {
    logMatrix(job, channel, data);
  }
  const narrowed = await narrow(data);
  const matrix = createMatrix(job, narrowed);
  await releaseMemory(narrowed.features.values);
  return { name: channel.name, matrix, labels: data.labels };
}

/** A large table of small numbers in less memory, and the table's own given back. */
async function narrow(data: TrainingData): Promise<LibraryData> {
  const { features } = data;
  const values = "indptr" in features ? undefined : narrowValues(features.values);
  if (values === undefined) {
    return data;
  }
  await releaseMemory(features.values);
  return { ...data, features: { values, rows: features.rows, columns: features.columns } };
}

function createMatrix(job: TrainingJob, data: LibraryData): WatchedSet["matrix"] {
  try {
    return toDMatrix(job.library, data, job.context.threads);
  } catch (error) {
    if (error instanceof XgboostError) {
      throw new UserError(`Failed to load ${job.reading.format} data with exception:\n${error.message}`, {
        cause: error,
      });
    }
    throw error;
  }
}

async function logSizes(job: TrainingJob): Promise<void> {
  const channels = [job.channels.train, job.channels.validation].filter((channel) => channel !== undefined);
  const files = (await Promise.all(channels.map((channel) => channel.files()))).flat();
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  const megabytes = (bytes: number): string => `${Math.round((bytes / 1024 / 1024) * 100) / 100}mb`;
  const total = megabytes(sizes.reduce((sum, size) => sum + size, 0));
  const free = megabytes(freemem());
  job.log.info(`File size need to be processed in the node: ${total}. Available memory size in the node: ${free}`);
}

function logMatrix({ log, reading }: TrainingJob, channel: TrainingChannel, data: TrainingData): void {
  log.native(`S3DistributionType set as ${channel.distribution}`);
  const { rows, columns } = data.features;
  const uri =
    reading.format === "csv" ? `${channel.displayPath}?format=csv&label_column=0&delimiter=,` : channel.displayPath;
  log.native(`${rows}x${columns} matrix with ${countEntries(data)} entries loaded from ${uri}`);
}
