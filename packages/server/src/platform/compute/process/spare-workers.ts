import type { Clock, Timer } from "../../clock/clock.ts";
import type { Worker, WorkerKind } from "./worker.ts";

/** How long a spare waits for a workload; it holds some 40 MB meanwhile. */
const keepMs = 60_000;

interface Spare {
  readonly kind: WorkerKind;
  readonly worker: Promise<Worker>;
  readonly expiry: Timer;
  ended: boolean;
}

/**
 * Workers started ahead, one for each command: half the time of a small job is the start of its process. A spare is alone in its
 * sandbox, under its own uid and control group, before it is given anything; it is given one workload, like every other worker.
 */
export class SpareWorkers {
  readonly #start: (kind: WorkerKind) => Promise<Worker>;
  readonly #clock: Clock;
  readonly #spares = new Map<WorkerKind["command"], Spare>();
  readonly #ending = new Set<Promise<void>>();
  #closed = false;

  constructor(start: (kind: WorkerKind) => Promise<Worker>, clock: Clock) {
    this.#start = start;
    this.#clock = clock;
  }

  /** A worker of this kind, which is the caller's from now on; undefined when there is none. */
  async take({ command, image }: WorkerKind): Promise<Worker | undefined> {
    const spare = this.#spares.get(command);
    if (spare === undefined || spare.ended || spare.kind.image !== image) {
      return undefined;
    }
    this.#spares.delete(command);
    spare.expiry.cancel();
    return await spare.worker.catch(() => undefined);
  }

  /** Starts a worker of a kind that was needed a moment ago, unless one waits. */
  provide(kind: WorkerKind): void {
    const known = this.#spares.get(kind.command);
    if (this.#closed || (known !== undefined && !known.ended && known.kind.image === kind.image)) {
      return;
    }
    this.#discard(kind.command);
    const spare: Spare = {
      kind,
      worker: this.#start(kind),
      expiry: this.#clock.schedule(keepMs, () => this.#discard(kind.command)),
      ended: false,
    };
    this.#spares.set(kind.command, spare);
    const markEnded = (): void => void (spare.ended = true);
    spare.worker.then((worker) => worker.process.exit).then(markEnded, markEnded);
  }

  /** Ends all spares and starts no more. */
  async close(): Promise<void> {
    this.#closed = true;
    [...this.#spares.keys()].forEach((command) => this.#discard(command));
    await Promise.all(this.#ending);
  }

  #discard(command: WorkerKind["command"]): void {
    const spare = this.#spares.get(command);
    if (spare === undefined) {
      return;
    }
    this.#spares.delete(command);
    spare.expiry.cancel();
    const ending = endSpare(spare).finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }
}

/** A spare that could not be started has nothing to end; the next workload will say why. */
async function endSpare(spare: Spare): Promise<void> {
  const worker = await spare.worker.catch(() => undefined);
  worker?.process.kill();
  await worker?.process.exit;
  await worker?.remove().catch(() => undefined);
}
