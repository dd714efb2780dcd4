import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** A longer line is cut into several, as CloudWatch would refuse it (256 KiB an event). */
export const maxLineChars: number = 64 * 1024;

/**
 * Hands over each line of a stream, without its line end (LF or CRLF), and waits for a returned promise before reading on.
 * A last line without an end counts. Resolves when the stream ends or breaks; never rejects.
 */
export async function readLines(stream: Readable, onLine: (line: string) => void | Promise<void>): Promise<void> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      rest = await handOver(rest + decoder.write(chunk), onLine);
    }
  } catch {
    // The pipe broke because its other end was killed: what came before is what there is.
  }
  rest += decoder.end();
  if (rest !== "") {
    await onLine(withoutCarriageReturn(rest));
  }
}

/** Resolves with what has no line end yet. */
async function handOver(text: string, onLine: (line: string) => void | Promise<void>): Promise<string> {
  let start = 0;
  for (;;) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    while (end - start > maxLineChars) {
      await onLine(text.slice(start, start + maxLineChars));
      start += maxLineChars;
    }
    if (newline < 0) {
      return text.slice(start);
    }
    await onLine(withoutCarriageReturn(text.slice(start, newline)));
    start = newline + 1;
  }
}

function withoutCarriageReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
