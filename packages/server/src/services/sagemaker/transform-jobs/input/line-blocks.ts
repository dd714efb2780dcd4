import type { PayloadBuffers } from "./payload-buffers.ts";
import { PayloadTooLargeError } from "./payload-too-large-error.ts";

const newline = 10;

/**
 * Blocks of whole lines, each as long as fits into one of `buffers`, which are `maxBytes` long. No line is looked at by itself: of
 * each block only the last line end is searched, so that millions of rows cost no more than their copying. Whoever takes a block
 * gives its buffer back. Throws PayloadTooLargeError.
 */
export async function* lineBlocks(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
  buffers: PayloadBuffers,
): AsyncGenerator<Buffer> {
  let block = buffers.take();
  let size = 0;
  try {
    for await (const chunk of source) {
      let rest = chunk;
      while (size + rest.length > maxBytes) {
        block.set(rest.subarray(0, maxBytes - size), size);
        rest = rest.subarray(maxBytes - size);
        const end = lastLineEnd(block);
        const full = block;
        block = buffers.take();
        size = full.copy(block, 0, end);
        yield full.subarray(0, end);
      }
      block.set(rest, size);
      size += rest.length;
    }
    if (size > 0) {
      const last = block.subarray(0, size);
      size = 0;
      block = buffers.take();
      yield last;
    }
  } finally {
    buffers.giveBack(block);
  }
}

function lastLineEnd(block: Buffer): number {
  const end = block.lastIndexOf(newline) + 1;
  if (end === 0) {
    throw new PayloadTooLargeError();
  }
  return end;
}
