import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import { PlatformError } from "../../failures.ts";

/** Messages of JSON, one per line, between two hosts of a job. */
export class JsonLines {
  readonly #socket: Socket;
  readonly #lines: AsyncIterator<string>;

  constructor(socket: Socket) {
    this.#socket = socket;
    // A broken connection ends the lines, which `read` reports.
    socket.on("error", () => socket.destroy());
    this.#lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  }

  write(message: unknown): void {
    this.#socket.write(`${JSON.stringify(message)}\n`);
  }

  /** The next message. Throws PlatformError when the other host is gone. */
  async read<T>(): Promise<T> {
    const { value, done } = await this.#lines.next();
    if (done === true) {
      throw new PlatformError("Another host of the job ended before the training did.");
    }
    return JSON.parse(value) as T;
  }

  end(): void {
    this.#socket.end();
  }
}
