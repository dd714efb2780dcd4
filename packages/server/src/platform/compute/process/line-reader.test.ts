import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { maxLineChars, readLines } from "./line-reader.ts";

async function linesOf(...chunks: (string | Uint8Array)[]): Promise<string[]> {
  const lines: string[] = [];
  await readLines(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), (line) => void lines.push(line));
  return lines;
}

it("splits at line ends, in whatever pieces they come", async () => {
  const euro = Buffer.from("€");
  expect(await linesOf("a\r", "\nb\n\nc", euro.subarray(0, 1), euro.subarray(1))).toEqual(["a", "b", "", "c€"]);
});

it("cuts a line that does not end, so that it never has to keep much", async () => {
  const lines = await linesOf("x".repeat(maxLineChars), "x".repeat(maxLineChars), "y\nz");
  expect(lines.map((line) => line.length)).toEqual([maxLineChars, maxLineChars, 1, 1]);
});

it("reads on only when a line has been taken", async () => {
  let taken = 0;
  const read: number[] = [];
  async function* source(): AsyncIterable<Buffer> {
    for (let chunk = 0; chunk < 3; chunk++) {
      read.push(taken);
      yield Buffer.from("line\n");
    }
  }
  await readLines(Readable.from(source(), { highWaterMark: 1 }), async () => {
    await new Promise((resolve) => setImmediate(resolve));
    taken++;
  });
  expect(taken).toBe(3);
  expect(read.at(-1)).toBeGreaterThan(0);
});
