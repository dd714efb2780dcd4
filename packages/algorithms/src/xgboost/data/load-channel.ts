import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { CsvReader, DataFormatError, LibsvmReader } from "@clary/formats";
import type { TrainingChannel } from "../../algorithm.ts";
import { UserError } from "../../failures.ts";
import { dataFiles, openDataFile } from "./data-files.ts";
import type { DataFormat } from "./data-format.ts";
import { splitLabels, type TrainingData } from "./training-data.ts";

export interface ChannelReading {
  readonly format: DataFormat;
  /** Whether the second CSV column is the row's weight. */
  readonly weighted: boolean;
  /** Takes a line for the job's log. */
  info(message: string): void;
}

/** Reads all rows of a channel; undefined when it holds none. Throws UserError naming file, row and column. */
export async function loadChannel(
  channel: TrainingChannel,
  reading: ChannelReading,
): Promise<TrainingData | undefined> {
  const data = await readers[reading.format](channel, reading);
  if (data === undefined || data.labels.length === 0) {
    return undefined;
  }
  const missing = data.labels.findIndex((label) => Number.isNaN(label));
  if (missing >= 0) {
    throw loadingFailed(reading.format, `row ${missing + 1}: the label is missing or nan`);
  }
  return data;
}

type ChannelReader = (channel: TrainingChannel, reading: ChannelReading) => Promise<TrainingData | undefined>;

const readers: Readonly<Record<DataFormat, ChannelReader>> = {
  csv: readCsv,
  libsvm: readLibsvm,
  parquet: readCsv,
  "recordio-protobuf": readCsv,
};

async function readCsv(channel: TrainingChannel, reading: ChannelReading): Promise<TrainingData | undefined> {
  const reader = new CsvReader({ expectedBytes: await totalBytes(channel) });
  await readText(channel, reader, "csv");
  const table = reader.finish();
  if (reader.delimiter !== undefined) {
    reading.info(`Determined delimiter of CSV input is '${String.fromCharCode(reader.delimiter)}'`);
  }
  return table.rows === 0 ? undefined : splitLabels(table, reading.weighted);
}

async function readLibsvm(channel: TrainingChannel): Promise<TrainingData | undefined> {
  if (channel.inputMode === "Pipe") {
    throw new UserError("Pipe mode not supported for LibSVM.");
  }
  const reader = new LibsvmReader();
  await readText(channel, reader, "libsvm");
  const { features, ...rows } = reader.finish();
  return { features, ...rows };
}

/** What CSV and LIBSVM readers have in common. */
interface TextReader {
  push(chunk: Uint8Array): void;
  endFile(): void;
}

async function readText(channel: TrainingChannel, reader: TextReader, format: DataFormat): Promise<void> {
  if (channel.openPipe !== undefined) {
    await feed(reader, channel.openPipe(0), format, channel.name);
    return;
  }
  for (const file of await dataFiles(channel)) {
    await feed(reader, await openDataFile(file), format, basename(file));
  }
}

async function feed(
  reader: TextReader,
  chunks: AsyncIterable<Uint8Array>,
  format: DataFormat,
  source: string,
): Promise<void> {
  try {
    for await (const chunk of chunks) {
      reader.push(chunk);
    }
    reader.endFile();
  } catch (error) {
    throw error instanceof DataFormatError ? loadingFailed(format, `file '${source}': ${error.message}`) : error;
  }
}

async function totalBytes(channel: TrainingChannel): Promise<number> {
  const sizes = await Promise.all((await channel.files()).map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function loadingFailed(format: DataFormat, problem: string): UserError {
  return new UserError(`Failed to load ${format} data with exception:\n${problem}`);
}
