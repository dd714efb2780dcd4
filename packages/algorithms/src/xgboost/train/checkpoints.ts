import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "../model/write-artifact.ts";

const FILE_NAME = "xgboost-checkpoint";
const KEPT = 5;
/** A model is written at most this often: rounds of a small job take less than a millisecond. */
const MIN_INTERVAL_MS = 1000;

/** A model after a round, to go on from. */
export interface Checkpoint {
  readonly path: string;
  /** Rounds that it holds. */
  readonly rounds: number;
  readonly model: Buffer;
}

/** The newest checkpoint in a directory; undefined when there is none. */
export async function latestCheckpoint(directory: string): Promise<Checkpoint | undefined> {
  const [newest] = (await checkpointRounds(directory)).toSorted((a, b) => b - a);
  if (newest === undefined) {
    return undefined;
  }
  const path = checkpointPath(directory, newest);
  return { path, rounds: newest + 1, model: await readFile(path) };
}

/** Writes `xgboost-checkpoint.<round>` files and keeps the last five. */
export class CheckpointWriter {
  readonly #directory: string;
  readonly #now: () => Date;
  #lastWrite = -Infinity;

  constructor(directory: string, now: () => Date) {
    this.#directory = directory;
    this.#now = now;
  }

  /** Takes the model after `round`, unless the last one was taken a moment ago. */
  async offer(round: number, encode: () => Buffer): Promise<void> {
    const now = this.#now().getTime();
    if (now - this.#lastWrite >= MIN_INTERVAL_MS) {
      this.#lastWrite = now;
      await this.write(round, encode());
    }
  }

  async write(round: number, model: Buffer): Promise<void> {
    await writeFileAtomically(checkpointPath(this.#directory, round), model);
    const outdated = (await checkpointRounds(this.#directory)).toSorted((a, b) => b - a).slice(KEPT);
    await Promise.all(outdated.map((old) => rm(checkpointPath(this.#directory, old), { force: true })));
  }
}

function checkpointPath(directory: string, round: number): string {
  return join(directory, `${FILE_NAME}.${round}`);
}

async function checkpointRounds(directory: string): Promise<number[]> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") {
      return [];
    }
    throw error;
  });
  return names.flatMap((name) => {
    const round = /^xgboost-checkpoint\.(\d+)$/.exec(name)?.[1];
    return round === undefined ? [] : [Number(round)];
  });
}
