import { spawn } from "node:child_process";
import { constants } from "node:os";
import { CommandError, type Command } from "../command.ts";
import { clientEnvironment, variablesToRemove } from "../client-environment.ts";
import { openSession, sessionOptions } from "../exec-session.ts";
import { ensureServer } from "../ensure-server.ts";
import { serverOptions, serverSettings } from "../settings.ts";

export const execCommand: Command = {
  name: "exec",
  summary: "Run a program, unedited, against Clary",
  description: "Starts a server when none runs, and stops that one again when the program ends.",
  operands: "-- PROGRAM [ARGUMENT …]",
  options: { ...serverOptions, ...sessionOptions },
  examples: [
    "clary exec -- python my_notebook.py",
    "clary exec -- aws s3 ls",
    "clary exec --as root -- node deploy.js",
  ],

  async run({ options, operands, terminal }) {
    const [program, ...programArguments] = operands;
    if (program === undefined) {
      throw new CommandError("name a program: clary exec -- python my_notebook.py", 2);
    }
    const { server, release } = await ensureServer(serverSettings(options, terminal), terminal);
    try {
      const session = await openSession(server, options, terminal);
      const environment = { ...terminal.environment, ...clientEnvironment(server, session, terminal.environment) };
      for (const name of variablesToRemove(terminal.environment)) {
        delete environment[name];
      }
      return await runProgram(program, programArguments, environment);
    } finally {
      await release();
    }
  },
};

/** Exit codes as a shell gives them. */
function startFailure(program: string, error: NodeJS.ErrnoException): Error {
  if (error.code === "ENOENT") {
    return new CommandError(`${program}: command not found`, 127);
  }
  return error.code === "EACCES" ? new CommandError(`${program}: permission denied`, 126) : error;
}

/** Runs the program on this terminal and resolves with the exit code a shell would give. */
function runProgram(
  program: string,
  words: readonly string[],
  environment: Record<string, string | undefined>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: "inherit", env: environment });
    // The terminal signals the whole foreground group; the program decides what Ctrl-C means to it.
    const ignore = (): void => {};
    const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
    process.on("SIGINT", ignore).on("SIGTERM", forward).on("SIGHUP", forward);
    child.once("error", (error: NodeJS.ErrnoException) => {
      reject(startFailure(program, error));
    });
    child.once("close", (code, signal) => {
      process.off("SIGINT", ignore).off("SIGTERM", forward).off("SIGHUP", forward);
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
