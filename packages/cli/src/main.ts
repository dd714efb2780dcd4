import { commands } from "./commands.ts";
import { CommandError, type Command, type Terminal } from "./command.ts";
import { closest } from "./closest.ts";
import { commandHelp, overview } from "./help.ts";
import { parseArguments } from "./parse-arguments.ts";
import { processTerminal } from "./process-terminal.ts";
import { version } from "./version.ts";

/** Runs `clary` with the given words and resolves with its exit code: 0 done, 1 failed, 2 not understood. */
export async function runCommandLine(
  words: readonly string[],
  terminal: Terminal = processTerminal(),
): Promise<number> {
  try {
    return await dispatch(words, terminal);
  } catch (error) {
    if (error instanceof CommandError) {
      terminal.error(`clary: ${error.message}\n`);
      return error.exitCode;
    }
    throw error;
  }
}

async function dispatch(words: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = words;
  if (name === "--version" || name === "version") {
    terminal.out(`${version}\n`);
    return 0;
  }
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    return showHelp(rest[0], terminal);
  }
  const command = findCommand(name);
  const { options, operands } = parseArguments(command, rest, terminal.environment);
  if (options["help"] === true) {
    terminal.out(commandHelp(command, terminal.columns));
    return 0;
  }
  return command.run({ options, operands, terminal });
}

function showHelp(name: string | undefined, terminal: Terminal): number {
  terminal.out(name === undefined ? overview(commands, version) : commandHelp(findCommand(name), terminal.columns));
  return 0;
}

function findCommand(name: string): Command {
  const found = commands.find((command) => command.name === name);
  if (found === undefined) {
    const near = closest(
      name,
      commands.map((command) => command.name),
    );
    throw new CommandError(
      `there is no command ${JSON.stringify(name)}; ${near === undefined ? "clary --help lists them" : `did you mean ${near}?`}`,
      2,
    );
  }
  return found;
}
