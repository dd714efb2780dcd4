import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants, open } from "node:fs";
import { unlink } from "node:fs/promises";
import { Socket } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import type { Clock } from "../../clock/clock.ts";
import { ComputeError, type WorkloadPipe } from "../compute-backend.ts";
import { own, type WorkloadRoot } from "./workload-root.ts";

/** How often we look whether a FIFO has got a reader. Opening it blocking would hold one of the few threads all file work shares. */
const pollMs = 10;

export interface PipeFeeder {
  /** Resolves when the first FIFO is there to be opened. */
  readonly ready: Promise<void>;
  /** Rejects when a stream could not be read to its end; resolves after `signal` aborted. */
  readonly done: Promise<void>;
}

/** Feeds one channel, epoch after epoch, until `signal` aborts. The FIFO of an epoch appears once the one before was closed. */
export function feedPipe(root: WorkloadRoot, pipe: WorkloadPipe, clock: Clock, signal: AbortSignal): PipeFeeder {
  const fifo = (epoch: number): string => join(root.path, "input/data", `${pipe.channel}_${epoch}`);
  const ready = makeFifo(root, fifo(0));
  const feed = async (): Promise<void> => {
    await ready;
    for (let epoch = 0; !signal.aborted; epoch++) {
      await feedEpoch(fifo(epoch), () => pipe.open(epoch), clock, signal);
      if (!signal.aborted) {
        await makeFifo(root, fifo(epoch + 1));
        await unlink(fifo(epoch));
      }
    }
  };
  return { ready, done: feed() };
}

async function feedEpoch(
  path: string,
  source: () => ReturnType<WorkloadPipe["open"]>,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const descriptor = await openForReader(path, clock, signal);
  if (descriptor === undefined) {
    return;
  }
  const target = new Socket({ fd: descriptor, readable: false, writable: true });
  try {
    await pipeline(await source(), target, { signal });
  } catch (error) {
    if (!isEarlyClose(error) && !signal.aborted) {
      throw error;
    }
  } finally {
    target.destroy();
  }
}

/** A plain descriptor: the socket made of it owns and closes it, which a FileHandle would do a second time. */
const openDescriptor = promisify(open);

/** Opens a FIFO for writing as soon as somebody reads from it; undefined when `signal` aborts first. */
async function openForReader(path: string, clock: Clock, signal: AbortSignal): Promise<number | undefined> {
  while (!signal.aborted) {
    const descriptor = await openDescriptor(path, constants.O_WRONLY | constants.O_NONBLOCK).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === "ENXIO") {
          return undefined;
        }
        throw error;
      },
    );
    if (descriptor !== undefined) {
      return descriptor;
    }
    await new Promise<void>((resolve) => clock.schedule(pollMs, resolve));
  }
  return undefined;
}

/** The workload may close a channel before its end and go on with the next epoch. */
function isEarlyClose(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "EPIPE" || code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE";
}

async function makeFifo(root: WorkloadRoot, path: string): Promise<void> {
  const child = spawn("mkfifo", [path], { stdio: "ignore" });
  const [code] = (await once(child, "exit").catch((error: unknown) => {
    throw new ComputeError("Pipe mode needs the mkfifo command", { cause: error });
  })) as [number | null];
  if (code !== 0) {
    throw new ComputeError("Pipe mode needs FIFOs, which this machine's file system does not have");
  }
  await own(root, path);
}
