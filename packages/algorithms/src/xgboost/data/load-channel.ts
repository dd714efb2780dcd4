import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import {
  CsvReader,
  DataFormatError,
  type DenseTable,
  LibsvmReader,
  parquetFile,
  readParquet,
  readRecords,
  RecordIoSplitter,
  RecordTableBuilder,
} from "@clary/formats";
import type { TrainingChannel } from "../../algorithm.ts";
import { UserError } from "../../failures.ts";
import { dataFiles, openDataFile } from "./data-files.ts";
import type { DataFormat } from "./data-format.ts";
import { firstLine, notLibsvm } from "./first-line.ts";
import { concatTables, splitLabels, type TrainingData } from "./training-data.ts";

export interface ChannelReading {
  readonly format: DataFormat;
  /** Whether the second CSV column is the row's weight. */
  readonly weighted: boolean;
  /** Whether messages are those of image 0.72. */
  readonly firstGeneration: boolean;
  /** Takes a line for the job's log. */
  readonly info: (message: string) => void;
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
  parquet: readParquetFiles,
  "recordio-protobuf": readRecordio,
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

async function readLibsvm(channel: TrainingChannel, reading: ChannelReading): Promise<TrainingData | undefined> {
  if (channel.inputMode === "Pipe") {
    throw new UserError("Pipe mode not supported for LibSVM.");
  }
  const reader = new LibsvmReader();
  for (const file of await dataFiles(channel)) {
    await readLibsvmFile(reader, file, reading);
  }
  const { features, ...rows } = reader.finish();
  return { features, ...rows };
}

async function readLibsvmFile(reader: LibsvmReader, path: string, { firstGeneration }: ChannelReading): Promise<void> {
  try {
    await feed(reader, await openDataFile(path));
  } catch (error) {
    if (error instanceof DataFormatError && error.position?.row === 1) {
      throw new UserError(notLibsvm(await firstLine(path), basename(path), firstGeneration), { cause: error });
    }
    throw located(error, "libsvm", basename(path));
  }
}

/** The first column is the label, as in CSV. */
async function readParquetFiles(channel: TrainingChannel): Promise<TrainingData | undefined> {
  if (channel.inputMode === "Pipe") {
    throw new UserError(
      "Pipe mode is not supported for Parquet here: a Parquet file is read from its end. Use File mode.",
    );
  }
  const tables: DenseTable[] = [];
  for (const path of await dataFiles(channel)) {
    const file = await open(path, "r");
    try {
      tables.push(await readParquet(await parquetFile(file)));
    } catch (error) {
      throw located(error, "parquet", basename(path));
    } finally {
      await file.close();
    }
  }
  const table = concatTables(tables);
  return table.rows === 0 ? undefined : splitLabels(table, false);
}

async function readRecordio(channel: TrainingChannel): Promise<TrainingData | undefined> {
  const table = new RecordTableBuilder();
  await eachSource(channel, async (chunks, name) => {
    try {
      for await (const record of RecordIoSplitter(chunks)) {
        for (const payload of readRecords(record)) {
          table.add(payload);
        }
      }
    } catch (error) {
      throw located(error, "recordio-protobuf", name);
    }
  });
  return table.finish();
}

/** What CSV and LIBSVM readers have in common. */
interface TextReader {
  push(chunk: Uint8Array): void;
  endFile(): void;
}

async function readText(channel: TrainingChannel, reader: TextReader, format: DataFormat): Promise<void> {
  await eachSource(channel, async (chunks, name) => {
    try {
      await feed(reader, chunks);
    } catch (error) {
      throw located(error, format, name);
    }
  });
}

async function feed(reader: TextReader, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of chunks) {
    reader.push(chunk);
  }
  reader.endFile();
}

/** Calls `read` for the pipe, or for each file in turn. */
async function eachSource(
  channel: TrainingChannel,
  read: (chunks: AsyncIterable<Uint8Array>, name: string) => Promise<void>,
): Promise<void> {
  if (channel.openPipe !== undefined) {
    await read(channel.openPipe(0), channel.name);
    return;
  }
  for (const file of await dataFiles(channel)) {
    await read(await openDataFile(file), basename(file));
  }
}

function located(error: unknown, format: DataFormat, source: string): unknown {
  return error instanceof DataFormatError ? loadingFailed(format, `file '${source}': ${error.message}`) : error;
}

async function totalBytes(channel: TrainingChannel): Promise<number> {
  const sizes = await Promise.all((await channel.files()).map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function loadingFailed(format: DataFormat, problem: string): UserError {
  return new UserError(`Failed to load ${format} data with exception:\n${problem}`);
}
