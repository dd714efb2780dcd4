import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { commandLine, rootKeyVariables } from "./server.ts";

export interface CommandResult {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built `clary` and resolves with what came of it. */
export async function runClary(words: readonly string[]): Promise<CommandResult> {
  const child = spawnClary(words);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code: typeof code === "number" ? code : undefined, stdout, stderr };
}

/** Starts the built `clary`. */
export function spawnClary(
  words: readonly string[],
): ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream } {
  return spawn(process.execPath, [commandLine, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...rootKeyVariables },
  });
}
