import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe } from "vitest";
import type { TrainingChannel, TrainingContext } from "../../algorithm.ts";
import { findLibrary } from "../library/find-library.ts";
import { installLibrary } from "../library/install-library.ts";

/**
 * `describe` for tests that train for real, with any libxgboost. In CI it is fetched, and its absence is a failure;
 * elsewhere the suite is skipped with the remedy in its name.
 */
export async function describeWithLibrary(title: string, suite: () => void): Promise<void> {
  const remedy = "libxgboost is missing: run clary doctor --fix, or set CLARY_LIBXGBOOST";
  const missing = findLibrary(process.env) === undefined && !(await installedInCi());
  if (missing) {
    process.emitWarning(`SKIPPED: ${title}: ${remedy}`);
  }
  describe.skipIf(missing)(`${title}${missing ? ` [${remedy}]` : ""}`, () => {
    suite();
  });
}

async function installedInCi(): Promise<boolean> {
  if (!process.env["CI"]) {
    return false;
  }
  await installLibrary({ environment: process.env });
  return true;
}

export interface FixtureOptions {
  readonly imageVersion?: string;
  readonly hyperparameters?: Readonly<Record<string, string>>;
  /** Files of each channel, by channel name and file name. */
  readonly channels: Readonly<Record<string, Readonly<Record<string, string | Uint8Array>>>>;
  readonly contentType?: string;
  readonly pipe?: boolean;
  readonly stop?: AbortSignal;
  readonly checkpointDirectory?: string;
}

export interface Fixture {
  readonly context: TrainingContext;
  readonly lines: string[];
}

/** A training job's surroundings in a temporary directory. Every look at the clock is two seconds later than the last. */
export async function trainingFixture(options: FixtureOptions): Promise<Fixture> {
  const root = await mkdtemp(join(tmpdir(), "clary-train-"));
  const lines: string[] = [];
  let looks = 0;
  const channels = await Promise.all(
    Object.entries(options.channels).map(([name, files]) => writeChannel({ root, name, files }, options)),
  );
  return {
    lines,
    context: {
      imageVersion: options.imageVersion ?? "1.7-1",
      hyperparameters: { num_round: "3", ...options.hyperparameters },
      channels,
      modelDirectory: join(root, "model"),
      outputDataDirectory: join(root, "output"),
      ...(options.checkpointDirectory === undefined ? {} : { checkpointDirectory: options.checkpointDirectory }),
      hosts: ["algo-1"],
      currentHost: "algo-1",
      threads: 1,
      stop: options.stop ?? new AbortController().signal,
      now: () => new Date(Date.UTC(2026, 0, 2, 3, 4, 2 * looks++)),
      log: (line) => lines.push(line),
    },
  };
}

interface ChannelFiles {
  readonly root: string;
  readonly name: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

async function writeChannel({ root, name, files }: ChannelFiles, options: FixtureOptions): Promise<TrainingChannel> {
  const directory = await mkdtemp(join(root, `${name}-`));
  await Promise.all(Object.entries(files).map(([file, content]) => writeFile(join(directory, file), content)));
  const { contentType = "text/csv", pipe = false } = options;
  return {
    name,
    ...(contentType === "" ? {} : { contentType }),
    inputMode: pipe ? "Pipe" : "File",
    distribution: "FullyReplicated",
    displayPath: `/opt/ml/input/data/${name}`,
    files: async () => (pipe ? [] : (await readdir(directory)).toSorted().map((file) => join(directory, file))),
    ...(pipe ? { openPipe: () => Readable.from(Object.values(files).map((content) => Buffer.from(content))) } : {}),
  };
}
