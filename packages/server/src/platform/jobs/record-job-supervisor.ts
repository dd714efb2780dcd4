import type { Clock } from "../clock/clock.ts";
import type { RecordKey, RecordStore } from "../records/record-store.ts";
import {
  type AttemptWriter,
  type AttemptWriterOptions,
  claimAttempt,
  IllegalTransitionError,
} from "./attempt-writer.ts";
import {
  type JobKind,
  type JobSupervisor,
  serverClosing,
  StaleAttemptError,
  type SupervisedJob,
} from "./job-supervisor.ts";
import { type TurnQueue, turnQueue } from "./turn-queue.ts";

export interface JobSupervisorOptions {
  readonly records: RecordStore;
  readonly clock: Clock;
  readonly log: JobLog;
  /** Jobs of one kind that run at a time; others wait for their turn. Default 16. */
  readonly concurrency?: number;
}

/** What the supervisor reports; pino's loggers fit. */
export interface JobLog {
  error(details: object, message: string): void;
}

/** Longest wait of `close` for runs that do not end. */
const closeMs = 10_000;

/** Between two tries to store how a job ended, while the store refuses: doubles from the first to the last. */
const retryMs = { first: 500, last: 30_000 };

/** Supervises jobs that are records; which attempt owns a job is in its record, so no two can write, not even across servers. */
export function jobSupervisor(options: JobSupervisorOptions): JobSupervisor {
  return new RecordJobSupervisor(options);
}

interface Job {
  readonly key: RecordKey;
  readonly stop: AbortController;
}

class RecordJobSupervisor implements JobSupervisor {
  readonly #options: JobSupervisorOptions;
  readonly #kinds = new Map<string, { readonly queue: TurnQueue; readonly run: (job: Job) => Promise<void> }>();
  readonly #resumable: (() => Promise<void>)[] = [];
  readonly #jobs = new Map<string, Job>();
  readonly #running = new Set<Promise<void>>();
  readonly #waiters = new Map<string, Set<() => void>>();
  readonly #isOver = new Map<string, (key: RecordKey) => Promise<boolean>>();
  #closed = false;

  constructor(options: JobSupervisorOptions) {
    this.#options = options;
  }

  register<Body extends SupervisedJob>(kind: JobKind<Body>): void {
    this.#kinds.set(kind.collection, {
      queue: turnQueue(this.#options.concurrency ?? 16),
      run: (job) => this.#run(kind, job),
    });
    this.#resumable.push(() => this.#resumeKind(kind));
    this.#isOver.set(kind.collection, async (key) => {
      const record = await this.#options.records.get<Body>(key);
      return record === undefined || kind.isTerminal(kind.statusOf(record.body));
    });
  }

  submit(key: RecordKey): void {
    const kind = this.#kinds.get(key.collection);
    if (kind === undefined) {
      throw new Error(`no kind of job is registered for ${key.collection}`);
    }
    const name = nameOf(key);
    if (this.#closed || this.#jobs.has(name)) {
      return;
    }
    const job: Job = { key, stop: new AbortController() };
    this.#jobs.set(name, job);
    kind.queue.push(() => this.#track(kind.run(job).finally(() => this.#end(name))));
  }

  requestStop(key: RecordKey, reason: string): void {
    this.#jobs.get(nameOf(key))?.stop.abort(reason);
  }

  async settled(key: RecordKey, signal: AbortSignal): Promise<void> {
    const name = nameOf(key);
    const waiters = this.#waiters.get(name) ?? new Set();
    this.#waiters.set(name, waiters);
    let wake: () => void = () => undefined;
    const woken = new Promise<void>((resolve) => (wake = resolve));
    waiters.add(wake);
    signal.addEventListener("abort", wake, { once: true });
    try {
      // Asked after we began to wait, so that an end in between is not missed.
      const isOver = this.#isOver.get(key.collection);
      if (!signal.aborted && isOver !== undefined && !(await isOver(key))) {
        await woken;
      }
    } finally {
      signal.removeEventListener("abort", wake);
      waiters.delete(wake);
      if (waiters.size === 0) {
        this.#waiters.delete(name);
      }
    }
  }

  async resume(): Promise<void> {
    for (const resumeKind of this.#resumable) {
      await resumeKind();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { queue } of this.#kinds.values()) {
      queue.clear();
    }
    for (const job of this.#jobs.values()) {
      job.stop.abort(serverClosing);
    }
    let timer: { cancel(): void } | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = this.#options.clock.schedule(closeMs, resolve);
    });
    await Promise.race([Promise.all(this.#running), patience]);
    timer?.cancel();
    for (const waiters of this.#waiters.values()) {
      waiters.forEach((wake) => wake());
    }
  }

  async #resumeKind<Body extends SupervisedJob>(kind: JobKind<Body>): Promise<void> {
    const statuses = [...new Set([...Object.keys(kind.transitions), ...Object.values(kind.transitions).flat()])];
    const unfinished = statuses.filter((status) => !kind.isTerminal(status));
    for await (const record of this.#options.records.scan<Body>(kind.collection, unfinished)) {
      this.submit(record.key);
    }
  }

  async #track(run: Promise<void>): Promise<void> {
    this.#running.add(run);
    await run;
    this.#running.delete(run);
  }

  #end(name: string): void {
    this.#jobs.delete(name);
    this.#waiters.get(name)?.forEach((wake) => wake());
  }

  /** One attempt from its claim to its terminal status. Never rejects. */
  async #run<Body extends SupervisedJob>(kind: JobKind<Body>, job: Job): Promise<void> {
    const { records, clock, log } = this.#options;
    const target: AttemptWriterOptions<Body> = { records, clock, kind, key: job.key, isOpen: () => !this.#closed };
    const details = { collection: job.key.collection, id: job.key.id };
    const writer = await this.#insist(() => claimAttempt(target), details);
    if (writer === undefined) {
      return;
    }
    const final = await this.#outcome(kind, job, writer);
    if (final !== undefined) {
      await this.#insist(() => writer.update(final), details).catch((error: unknown) => {
        log.error({ ...details, err: error }, "a job could not be ended");
      });
    }
  }

  /** How the record changes at the end of a run; undefined when it is final already, or another attempt's. */
  async #outcome<Body extends SupervisedJob>(
    kind: JobKind<Body>,
    job: Job,
    writer: AttemptWriter<Body>,
  ): Promise<((body: Body) => Body) | undefined> {
    try {
      const body = await kind.run({
        key: job.key,
        attempt: writer.attempt,
        body: writer.body,
        stop: job.stop.signal,
        update: (change) => writer.update(change),
      });
      const status = kind.statusOf(body);
      if (!kind.isTerminal(status)) {
        throw new IllegalTransitionError(`${kind.collection} ended its run in status ${status}, which is not terminal`);
      }
      return writer.hasEnded() ? undefined : () => body;
    } catch (error) {
      if (error instanceof StaleAttemptError || this.#closed || writer.hasEnded()) {
        return undefined;
      }
      this.#options.log.error({ collection: job.key.collection, id: job.key.id, err: error }, "a job's run failed");
      return (body) => kind.onCrash(body, error);
    }
  }

  /** Tries until the store takes it: a full disk must not leave a job without an end. Undefined when there is nothing to write. */
  async #insist<T>(attempt: () => Promise<T | undefined>, details: object): Promise<T | undefined> {
    for (let wait = retryMs.first; ; wait = Math.min(wait * 2, retryMs.last)) {
      try {
        return this.#closed ? undefined : await attempt();
      } catch (error) {
        if (error instanceof StaleAttemptError) {
          return undefined;
        }
        if (error instanceof IllegalTransitionError) {
          throw error;
        }
        this.#options.log.error({ ...details, err: error }, "a job's record could not be written; trying again");
        await this.#pause(wait);
      }
    }
  }

  async #pause(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => this.#options.clock.schedule(milliseconds, resolve));
  }
}

function nameOf(key: RecordKey): string {
  return `${key.collection} ${key.scope.account} ${key.scope.region} ${key.id}`;
}
