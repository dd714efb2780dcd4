import { PayloadTooLargeError } from "./payload-too-large-error.ts";

const newline = 10;

/**
 * Blocks of whole lines, each as long as fits into `maxBytes`. No line is looked at by itself: of each block only the last line
 * end is searched, so that millions of rows cost no more than their copying. Throws PayloadTooLargeError.
 */
export async function* lineBlocks(source: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Buffer> {
  let pieces: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    let rest = chunk;
    while (size + rest.length > maxBytes) {
      const block = Buffer.concat([...pieces, rest.subarray(0, maxBytes - size)], maxBytes);
      rest = rest.subarray(maxBytes - size);
      const end = block.lastIndexOf(newline) + 1;
      if (end === 0) {
        throw new PayloadTooLargeError();
      }
      yield block.subarray(0, end);
      // A copy: the block must not stay in memory for its last, unfinished line.
      pieces = [Uint8Array.from(block.subarray(end))];
      size = block.length - end;
    }
    pieces.push(rest);
    size += rest.length;
  }
  if (size > 0) {
    yield Buffer.concat(pieces, size);
  }
}
