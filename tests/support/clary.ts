import { execFile } from "node:child_process";
import { commandLine } from "./server.ts";

/** How a program ended. */
export interface Ended {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

export interface ClaryOptions {
  /** Beside those of this process; undefined removes one. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly directory?: string;
}

/** Runs the built `clary` and resolves when it has ended, however it did. */
export function clary(words: readonly string[], options: ClaryOptions = {}): Promise<Ended> {
  return run(process.execPath, [commandLine, ...words], options);
}

/** Runs a program and resolves when it has ended, however it did. */
export function run(program: string, words: readonly string[], options: ClaryOptions = {}): Promise<Ended> {
  const env = { ...process.env, ...options.environment };
  const settings = { env, maxBuffer: 1 << 26, ...(options.directory === undefined ? {} : { cwd: options.directory }) };
  return new Promise((resolve) => {
    execFile(program, words, settings, (error, output, errors) => resolve({ code: codeOf(error), output, errors }));
  });
}

/** The last line that a program printed, as JSON; its whole output is the error when it failed. */
export function lastJson(ended: Ended): Record<string, unknown> {
  if (ended.code !== 0) {
    throw new Error(`exit code ${ended.code}\n${ended.output}\n${ended.errors}`);
  }
  return JSON.parse(ended.output.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
}

function codeOf(error: { readonly code?: unknown } | null): number {
  if (error === null) {
    return 0;
  }
  return typeof error.code === "number" ? error.code : -1;
}
