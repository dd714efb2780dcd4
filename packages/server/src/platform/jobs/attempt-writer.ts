import type { Clock } from "../clock/clock.ts";
import type { RecordKey, RecordStore, StoredRecord } from "../records/record-store.ts";
import { type JobKind, StaleAttemptError, type SupervisedJob } from "./job-supervisor.ts";

/** A run asked for a change that its kind's table does not declare: a bug in the kind. */
export class IllegalTransitionError extends Error {
  override readonly name = "IllegalTransitionError";
}

export interface AttemptWriterOptions<Body extends SupervisedJob> {
  readonly records: RecordStore;
  readonly clock: Clock;
  readonly kind: JobKind<Body>;
  readonly key: RecordKey;
  /** Whether the supervisor still lets its runs write. */
  readonly isOpen: () => boolean;
}

/** Writes a job's record for one attempt, and only as long as that attempt owns it. */
export interface AttemptWriter<Body> {
  readonly attempt: number;
  /** The record as the attempt found it. */
  readonly body: Body;
  /** Whether it has written a terminal status; its job is over then. */
  hasEnded(): boolean;
  update(change: (body: Body) => Body): Promise<Body>;
}

/** Makes the next attempt of a job the one that owns its record; undefined when the job is over or gone. */
export async function claimAttempt<Body extends SupervisedJob>(
  options: AttemptWriterOptions<Body>,
): Promise<AttemptWriter<Body> | undefined> {
  const { kind, records, key } = options;
  for (;;) {
    const record = await records.get<Body>(key);
    if (record === undefined || kind.isTerminal(kind.statusOf(record.body))) {
      return undefined;
    }
    const attempt = record.body.attempt + 1;
    const body = { ...record.body, attempt };
    if (await write(options, record, body)) {
      return writerFor(options, attempt, body);
    }
  }
}

function writerFor<Body extends SupervisedJob>(
  options: AttemptWriterOptions<Body>,
  attempt: number,
  body: Body,
): AttemptWriter<Body> {
  let ended = false;
  return {
    attempt,
    body,
    hasEnded: () => ended,
    async update(change) {
      const written = await updateAs(options, attempt, change);
      ended = options.kind.isTerminal(options.kind.statusOf(written));
      return written;
    },
  };
}

async function updateAs<Body extends SupervisedJob>(
  options: AttemptWriterOptions<Body>,
  attempt: number,
  change: (body: Body) => Body,
): Promise<Body> {
  for (;;) {
    const record = options.isOpen() ? await options.records.get<Body>(options.key) : undefined;
    if (record === undefined || record.body.attempt !== attempt) {
      throw new StaleAttemptError(
        `attempt ${attempt} of ${options.key.collection} ${options.key.id} may write no more`,
      );
    }
    const body = { ...change(record.body), attempt };
    assertDeclared(options.kind, record.body, body);
    if (await write(options, record, body)) {
      return body;
    }
  }
}

function assertDeclared<Body extends SupervisedJob>(kind: JobKind<Body>, before: Body, after: Body): void {
  const [from, to] = [kind.statusOf(before), kind.statusOf(after)];
  const declared = kind.transitions[from] ?? [];
  if (kind.isTerminal(from) || (from !== to && !declared.includes(to))) {
    throw new IllegalTransitionError(`${kind.collection} declares no transition from ${from} to ${to}`);
  }
}

async function write<Body extends SupervisedJob>(
  { records, clock, kind, key }: AttemptWriterOptions<Body>,
  record: StoredRecord<Body>,
  body: Body,
): Promise<boolean> {
  return await records.update(key, record.version, body, {
    createdAt: record.createdAt,
    modifiedAt: clock.now(),
    status: kind.statusOf(body),
  });
}
