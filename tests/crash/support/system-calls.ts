import { readFile } from "node:fs/promises";

/** One system call of a traced program. */
export interface SystemCall {
  readonly name: string;
  /** As strace shows them, file descriptors with what they stand for. */
  readonly text: string;
  /** What it returned; undefined when it never did. */
  readonly result: number | undefined;
  /** Positions in the trace. Calls of several threads overlap; of two positions the smaller one came first. */
  readonly began: number;
  readonly ended: number;
}

/** What of the world a trace shows: bytes going to files and sockets, names, and the syncs of both. */
const tracedCalls = "read,write,writev,pwrite64,pwritev,sendto,sendmsg,rename,renameat,renameat2,fsync,fdatasync";

/** The program that starts another one and writes down its calls; its output has room for a page of the database. */
export function tracer(output: string): readonly string[] {
  return ["strace", "-f", "--seccomp-bpf", "-y", "-s", "8192", "-e", `trace=${tracedCalls}`, "-o", output];
}

export async function readTrace(path: string): Promise<readonly SystemCall[]> {
  const unfinished = new Map<string, { readonly text: string; readonly began: number }>();
  const calls: SystemCall[] = [];
  for (const [position, line] of (await readFile(path, "latin1")).split("\n").entries()) {
    const [, thread = "", rest = ""] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    const resumed = /^<\.\.\. (\w+) resumed>/.exec(rest);
    const open = unfinished.get(thread);
    if (rest.endsWith("<unfinished ...>")) {
      unfinished.set(thread, { text: rest.slice(0, -"<unfinished ...>".length).trimEnd(), began: position });
    } else if (resumed !== null && open !== undefined) {
      unfinished.delete(thread);
      calls.push(callOf(open.text + rest.slice(resumed[0].length), open.began, position));
    } else if (/^\w+\(/.test(rest)) {
      calls.push(callOf(rest, position, position));
    }
  }
  return calls.toSorted((a, b) => a.began - b.began);
}

function callOf(text: string, began: number, ended: number): SystemCall {
  const result = /\)\s+= (-?\d+)[^"]*$/.exec(text)?.[1];
  return {
    name: text.slice(0, text.indexOf("(")),
    text,
    result: result === undefined ? undefined : Number(result),
    began,
    ended,
  };
}

/** What the call's first file descriptor stands for: a path, or `socket:[…]`. */
export function target({ text }: SystemCall): string {
  return /^\w+\((?:\d+)<([^>]*)>/.exec(text)?.[1] ?? "";
}

/** The number of the call's first file descriptor. */
export function descriptor({ text }: SystemCall): string {
  return /^\w+\((\d+)/.exec(text)?.[1] ?? "";
}
