import type { ModelAnswer, ModelRequest } from "@clary/runtime";
import { Worker } from "node:worker_threads";
import type { ModelSource } from "./load-model.ts";

/** What a thread is started with. */
export interface ServingThreadData {
  readonly source: ModelSource;
}

/** What a thread says: first that its model is loaded, then one answer for each request. */
export type ServingThreadMessage =
  | { readonly type: "ready" }
  | { readonly type: "answer"; readonly answer: ModelAnswer };

interface Thread {
  readonly worker: Worker;
  isReady: boolean;
  /** Takes the answer to the request it works on. */
  current: ((answer: ModelAnswer) => void) | undefined;
}

/** To a request whose thread ended; its body went with it. Callers may ask again. */
const lostAnswer: ModelAnswer = {
  status: 500,
  contentType: "text/plain",
  body: Buffer.from("The thread that worked on the request ended."),
};

/** From so many bytes on a request is worth the way to another thread. */
const largeBytes = 256 * 1024;

/**
 * Threads of a model host, each with a model of its own, for the large requests of a batch transform: reading their text, predicting
 * and writing the answer keeps one thread busy, and a transform has several requests under way. Started by the first large request,
 * since small jobs are over before a thread has begun.
 */
export class ServingThreads {
  readonly #count: number;
  readonly #source: ModelSource;
  #threads: Thread[] | undefined;
  readonly #waiting: (() => void)[] = [];

  constructor(source: ModelSource) {
    this.#count = source.threads;
    this.#source = { ...source, threads: 1 };
  }

  /** Undefined when the host should answer itself: small requests, and all while no thread is there. */
  async invoke(request: ModelRequest): Promise<ModelAnswer | undefined> {
    if (request.body.byteLength < largeBytes) {
      return undefined;
    }
    this.#threads ??= Array.from({ length: this.#count }, () => this.#start());
    while (this.#threads.some((thread) => thread.isReady)) {
      const idle = this.#threads.find((thread) => thread.isReady && thread.current === undefined);
      if (idle !== undefined) {
        return await this.#send(idle, request);
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return undefined;
  }

  #start(): Thread {
    const data: ServingThreadData = { source: this.#source };
    const worker = new Worker(new URL("./serve-thread.js", import.meta.url), { workerData: data });
    const thread: Thread = { worker, isReady: false, current: undefined };
    worker.on("message", (message: ServingThreadMessage) => {
      thread.isReady = true;
      if (message.type === "answer") {
        this.#settle(thread, message.answer);
      }
    });
    const onEnd = (): void => {
      thread.isReady = false;
      this.#settle(thread, lostAnswer);
    };
    // A thread that cannot load what the host has loaded is done without.
    worker.on("error", onEnd);
    worker.on("exit", onEnd);
    worker.unref();
    return thread;
  }

  async #send(thread: Thread, request: ModelRequest): Promise<ModelAnswer> {
    const answered = new Promise<ModelAnswer>((resolve) => (thread.current = resolve));
    thread.worker.postMessage(request, movable(request.body));
    return await answered;
  }

  #settle(thread: Thread, answer: ModelAnswer): void {
    const { current } = thread;
    thread.current = undefined;
    current?.(answer);
    this.#waiting.splice(0).forEach((wake) => wake());
  }
}

/** The memory of bytes that have it for themselves, to be moved to another thread instead of copied. */
export function movable({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}
