import { execFile } from "node:child_process";

export interface ProgramResult {
  /** The exit code; undefined when the program does not exist or could not be started. */
  readonly code: number | undefined;
  readonly out: string;
  readonly error: string;
}

/** Runs a program to its end, for at most `timeoutMs`. Never rejects. */
export function runProgram(program: string, words: readonly string[], timeoutMs = 20_000): Promise<ProgramResult> {
  return new Promise((resolve) => {
    execFile(program, words, { timeout: timeoutMs }, (error, out, errorText) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : undefined;
      resolve({ code, out: out.trim(), error: errorText.trim() });
    });
  });
}
