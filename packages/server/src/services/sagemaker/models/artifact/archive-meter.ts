import { Transform, type TransformCallback } from "node:stream";
import { ArchiveError } from "./archive-error.ts";
import type { ArchiveLimits } from "./archive-limits.ts";

/** Counts what goes into a decompressor and what comes out, and breaks the stream when that cannot be an honest archive. */
export class ArchiveMeter {
  readonly input: Transform;
  readonly output: Transform;
  readonly #limits: ArchiveLimits;
  #compressed = 0;
  #decompressed = 0;
  #accounted = 0;
  #entries = 0;

  constructor(limits: ArchiveLimits) {
    this.#limits = limits;
    this.input = counting((size) => {
      this.#compressed += size;
    });
    this.output = counting((size) => {
      this.#decompressed += size;
      this.#check();
    });
  }

  /** An entry of `size` bytes was announced: that much of the output is content and no header. */
  entry(size: number): void {
    this.#entries += 1;
    // The header block, and the padding of the content to whole blocks of 512.
    this.#accounted += size + 1024;
    if (this.#entries > this.#limits.maxEntries) {
      throw new ArchiveError(`the archive has more than ${this.#limits.maxEntries} entries`);
    }
    if (this.#accounted > this.#limits.maxBytes) {
      throw new ArchiveError(`the archive unpacks to more than ${this.#limits.maxBytes} bytes`);
    }
  }

  #check(): void {
    const { maxBytes, maxRatio, ratioFromBytes, maxHeaderBytes } = this.#limits;
    if (this.#decompressed > maxBytes) {
      throw new ArchiveError(`the archive unpacks to more than ${maxBytes} bytes`);
    }
    if (this.#decompressed > ratioFromBytes && this.#decompressed > this.#compressed * maxRatio) {
      throw new ArchiveError(`the archive unpacks to more than ${maxRatio} times its size`);
    }
    if (this.#decompressed - this.#accounted > maxHeaderBytes) {
      throw new ArchiveError("the archive has oversized headers or data after its end");
    }
  }
}

function counting(count: (size: number) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      try {
        count(chunk.length);
        done(null, chunk);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}
