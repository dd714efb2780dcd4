import type { ModelAnswer, ModelRequest, ServedModel } from "@clary/runtime";
import { Worker } from "node:worker_threads";
import type { ModelSource } from "./load-model.ts";

/** What a thread is started with. */
export interface ServingThreadData {
  readonly source: ModelSource;
}

/** What a thread says: lines while it loads its model, that it has or why it cannot, then one answer for each request. */
export type ServingThreadMessage =
  | { readonly type: "line"; readonly line: string }
  | { readonly type: "ready" }
  | { readonly type: "failed"; readonly reason: string }
  | { readonly type: "answer"; readonly answer: ModelAnswer };

interface Thread {
  readonly worker: Worker;
  /** Takes the answer to the request it works on; undefined while it waits for one. */
  current: ((answer: ModelAnswer) => void) | undefined;
}

/**
 * The model of a batch transform, served by threads of its own: while they read text, predict and write text, this one receives the
 * next requests. Each has the model for itself. With up to two CPUs there is one, and the library may use both.
 */
export class ServingThreads implements ServedModel {
  readonly #idle: Thread[] = [];
  readonly #waiting: ((thread: Thread) => void)[] = [];
  readonly #workers: Worker[];
  readonly #onLost: (reason: string) => void;

  /**
   * Resolves when the first thread has loaded the model; rejects with what the algorithm says about it. `onLost` is called when a
   * thread ends later: the host can then be trusted no more.
   */
  static async start(
    source: ModelSource,
    log: (line: string) => void,
    onLost: (reason: string) => void,
  ): Promise<ServingThreads> {
    const count = Math.max(1, source.threads - 1);
    const data: ServingThreadData = { source: { ...source, threads: count === 1 ? source.threads : 1 } };
    const workers = Array.from(
      { length: count },
      () => new Worker(new URL("./serve-thread.js", import.meta.url), { workerData: data }),
    );
    const threads = new ServingThreads(workers, onLost);
    await Promise.race(workers.map((worker, index) => threads.#loaded(worker, index === 0 ? log : () => undefined)));
    return threads;
  }

  private constructor(workers: Worker[], onLost: (reason: string) => void) {
    this.#workers = workers;
    this.#onLost = onLost;
  }

  async invoke(request: ModelRequest): Promise<ModelAnswer> {
    const thread = this.#idle.shift() ?? (await new Promise<Thread>((resolve) => this.#waiting.push(resolve)));
    const answered = new Promise<ModelAnswer>((resolve) => (thread.current = resolve));
    thread.worker.postMessage(request, movable(request.body));
    return await answered;
  }

  close(): void {
    this.#workers.forEach((worker) => worker.removeAllListeners("exit"));
  }

  #loaded(worker: Worker, log: (line: string) => void): Promise<void> {
    const thread: Thread = { worker, current: undefined };
    return new Promise((resolve, reject) => {
      worker.on("message", (message: ServingThreadMessage) => {
        switch (message.type) {
          case "line":
            return log(message.line);
          case "failed":
            return reject(new Error(message.reason));
          case "ready":
            this.#isIdle(thread);
            return resolve();
          case "answer":
            thread.current?.(message.answer);
            return this.#isIdle(thread);
        }
      });
      worker.on("error", (error) => this.#onLost(String(error)));
      worker.on("exit", () => this.#onLost("a serving thread ended"));
    });
  }

  #isIdle(thread: Thread): void {
    thread.current = undefined;
    const next = this.#waiting.shift();
    if (next === undefined) {
      this.#idle.push(thread);
    } else {
      next(thread);
    }
  }
}

/** The memory of bytes that have it for themselves, to be moved to another thread instead of copied. */
export function movable({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}
