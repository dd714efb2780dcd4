import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface CrashRun {
  /** A JavaScript file; it writes a line for everything that it was acknowledged. */
  readonly program: string;
  readonly args: readonly string[];
  /** How many lines to wait for before `kill -9`. */
  readonly afterLines: number;
}

/** Runs a program, kills it in the middle of its work, and gives all lines that it wrote. */
export async function runUntilKilled({ program, args, afterLines }: CrashRun): Promise<readonly string[]> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const errors: Buffer[] = [];
  child.stderr.on("data", (bytes: Buffer) => errors.push(bytes));
  const ended = once(child, "exit");
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === afterLines) {
      child.kill("SIGKILL");
    }
  }
  const [code, signal] = await ended;
  if (signal !== "SIGKILL") {
    throw new Error(`The program ended by itself (${code ?? signal}): ${Buffer.concat(errors).toString()}`);
  }
  return lines;
}
