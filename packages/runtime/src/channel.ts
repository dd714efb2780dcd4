import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";

export const inputModes = ["File", "FastFile", "Pipe"] as const;
export const distributions = ["FullyReplicated", "ShardedByS3Key"] as const;

/** What `inputdataconfig.json` says about a channel. */
export interface ChannelFacts {
  readonly name: string;
  /** As the request gave it; undefined when it gave none. */
  readonly contentType: string | undefined;
  readonly inputMode: (typeof inputModes)[number];
  readonly distribution: (typeof distributions)[number];
}

/** A channel as a training job reads it. */
export interface Channel extends ChannelFacts {
  /** `input/data/<channel>`; empty in Pipe mode. */
  readonly directory: string;
  /** All files below the directory, sorted by path, absolute. Hidden files are included: what they mean is the algorithm's. */
  files(): Promise<readonly string[]>;
  /** Pipe mode: the bytes of one pass over the data. Epochs are read in order from 0, each to its end or destroyed before the next. */
  epoch(epoch: number): Readable;
}

/** The channel below `dataDirectory`, which is `input/data`. Nothing is read until it is asked for. */
export function openChannel(dataDirectory: string, facts: ChannelFacts): Channel {
  const directory = join(dataDirectory, facts.name);
  return {
    ...facts,
    directory,
    files: () => filesBelow(directory),
    epoch: (epoch) => createReadStream(join(dataDirectory, `${facts.name}_${epoch}`)),
  };
}

async function filesBelow(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") {
        return [];
      }
      throw error;
    },
  );
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
