import type { Socket } from "node:net";

/** Rabit's numbers and texts on a socket: int32, little-endian; texts with their length before them. */
export class RabitConnection {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.pause();
  }

  writeInt(value: number): void {
    this.writeInts([value]);
  }

  writeInts(values: readonly number[]): void {
    const bytes = Int32Array.from(values);
    this.#socket.write(new Uint8Array(bytes.buffer));
  }

  writeText(value: string): void {
    this.writeInt(Buffer.byteLength(value));
    this.#socket.write(value);
  }

  async readInt(): Promise<number> {
    return (await this.#read(4)).readInt32LE(0);
  }

  /** Throws RangeError for a text longer than `limit` bytes. */
  async readText(limit: number): Promise<string> {
    const length = await this.readInt();
    if (length < 0 || length > limit) {
      throw new RangeError("The other side does not speak rabit.");
    }
    return (await this.#read(length)).toString("utf8");
  }

  async #read(bytes: number): Promise<Buffer> {
    while (this.#received.length < bytes) {
      this.#received = Buffer.concat([this.#received, await this.#nextChunk()]);
    }
    const part = this.#received.subarray(0, bytes);
    this.#received = this.#received.subarray(bytes);
    return part;
  }

  #nextChunk(): Promise<Buffer> {
    const chunk: unknown = this.#socket.read();
    if (Buffer.isBuffer(chunk)) {
      return Promise.resolve(chunk);
    }
    return new Promise((resolve, reject) => {
      const settle = (action: () => void): void => {
        this.#socket.off("readable", onReadable);
        this.#socket.off("close", onClose);
        action();
      };
      const onReadable = (): void => {
        const next: unknown = this.#socket.read();
        if (Buffer.isBuffer(next)) {
          settle(() => resolve(next));
        }
      };
      const onClose = (): void => settle(() => reject(new Error("The connection was closed.")));
      this.#socket.on("readable", onReadable);
      this.#socket.once("close", onClose);
    });
  }
}
