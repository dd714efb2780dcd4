import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Statement, WriteOutcome } from "./database.ts";
import { asStorageError } from "./storage-error.ts";
import { writerEntry } from "./writer-entry.ts";
import type {
  GroupOutcome,
  StatementForm,
  WireStatement,
  WriterReply,
  WriterRequest,
  WriterSettings,
} from "./writer-protocol.ts";

/** The main thread's side of the writer. */
export interface Writer {
  write(statements: readonly Statement[]): Promise<WriteOutcome>;
  /** Ends the thread once everything accepted was committed. */
  close(): Promise<void>;
}

interface WaitingGroup {
  readonly statements: readonly Statement[];
  resolve(outcome: WriteOutcome): void;
  reject(error: unknown): void;
}

interface NumberedForm extends StatementForm {
  readonly number: number;
}

/** Starts the thread; resolves when the database is open and its schema up to date. */
export async function startWriter(settings: WriterSettings): Promise<Writer> {
  const worker = new Worker(writerEntry(), { workerData: settings });
  await once(worker, "message");
  worker.unref();
  return new GroupWriter(worker);
}

/** Hands the thread everything that arrived during its last commit, as one request. */
class GroupWriter implements Writer {
  readonly #worker: Worker;
  readonly #forms = new Map<string, readonly NumberedForm[]>();
  #formCount = 0;
  #waiting: WaitingGroup[] = [];
  #underWay: readonly WaitingGroup[] = [];
  #sendScheduled = false;
  #failure: Error | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on("message", (reply: WriterReply) => this.#finish(reply));
    worker.on("error", (error) => this.#fail(error));
    worker.on("exit", () => this.#fail(new Error("The database is closed.")));
  }

  write(statements: readonly Statement[]): Promise<WriteOutcome> {
    if (this.#failure !== undefined) {
      return Promise.reject(this.#failure);
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ statements, resolve, reject });
      this.#schedule();
    });
  }

  async close(): Promise<void> {
    // Ends after everything accepted before it, whatever came of that.
    await this.write([]).catch(() => undefined);
    if (this.#failure === undefined) {
      const ended = once(this.#worker, "exit");
      this.#worker.ref();
      this.#worker.postMessage("close");
      await ended;
    }
  }

  /** Sends after this turn of the event loop, so that all requests read in one turn share a commit. */
  #schedule(): void {
    if (this.#sendScheduled || this.#underWay.length > 0 || this.#waiting.length === 0) {
      return;
    }
    this.#sendScheduled = true;
    setImmediate(() => {
      this.#sendScheduled = false;
      this.#send();
    });
  }

  #send(): void {
    const newForms: StatementForm[] = [];
    const groups = this.#waiting.map(({ statements }) => statements.map((each) => this.#toWire(each, newForms)));
    this.#underWay = this.#waiting;
    this.#waiting = [];
    // The thread keeps the process alive while somebody waits for it, and only then.
    this.#worker.ref();
    this.#worker.postMessage({ newForms, groups } satisfies WriterRequest);
  }

  #toWire(statement: Statement, newForms: StatementForm[]): WireStatement {
    const known = this.#forms.get(statement.sql);
    const form = known?.find((each) => isOfForm(statement, each)) ?? this.#learnForm(statement, newForms);
    return [form.number, statement.parameters.map(withOwnBuffer)];
  }

  #learnForm(statement: Statement, newForms: StatementForm[]): NumberedForm {
    const form = { ...statement, parameters: [] };
    const numbered = { ...form, number: this.#formCount };
    this.#formCount += 1;
    this.#forms.set(form.sql, [...(this.#forms.get(form.sql) ?? []), numbered]);
    newForms.push(form);
    return numbered;
  }

  #finish(reply: WriterReply): void {
    const finished = this.#underWay;
    this.#underWay = [];
    // The next commit starts before anybody looks at this one's results.
    if (this.#waiting.length > 0) {
      this.#send();
    } else {
      this.#worker.unref();
    }
    finished.forEach((group, index) => settle(group, reply.outcomes[index]));
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    const lost = [...this.#underWay, ...this.#waiting];
    this.#underWay = [];
    this.#waiting = [];
    lost.forEach((group) => group.reject(error));
  }
}

function settle(group: WaitingGroup, outcome: GroupOutcome | undefined): void {
  if (outcome !== undefined && !("type" in outcome)) {
    group.resolve({ committed: true, results: outcome.map((changes) => ({ changes, rows: [] })) });
    return;
  }
  switch (outcome?.type) {
    case "committed":
      group.resolve({ committed: true, results: outcome.results });
      break;
    case "conflict":
      group.resolve({ committed: false, failedStatement: outcome.failedStatement });
      break;
    case "error":
      group.reject(asStorageError(Object.assign(new Error(outcome.message), { code: outcome.code })));
      break;
    case undefined:
      group.reject(new Error("The database writer gave no outcome."));
      break;
  }
}

function isOfForm(statement: Statement, form: StatementForm): boolean {
  return statement.expectChanges === form.expectChanges && statement.returning === form.returning;
}

/** A view of a shared buffer would take the whole buffer with it to the other thread. */
function withOwnBuffer<Value>(value: Value): Value | Uint8Array {
  return value instanceof Uint8Array && value.byteLength !== value.buffer.byteLength ? new Uint8Array(value) : value;
}
