import { parseArgs } from "node:util";
import { CommandError, type Command, type OptionValues } from "./command.ts";
import { closest } from "./closest.ts";

export interface ParsedArguments {
  readonly options: OptionValues;
  readonly operands: readonly string[];
}

/**
 * Reads a command's arguments by its declared options. What stands after `--`, or after the first operand of a command
 * that takes a program, is left alone: `clary exec python train.py --epochs 3` passes `--epochs` on.
 * Throws `CommandError` (exit code 2) naming the nearest option for one that does not exist.
 */
export function parseArguments(
  command: Command,
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ParsedArguments {
  const [own, program] = command.operands?.includes("PROGRAM") ? splitProgram(command, words) : [words, []];
  const declared = { ...command.options, help: { type: "boolean", summary: "Show this help" } } as const;
  const { values, positionals } = parseStrictly(command, own, declared);
  const options: Record<string, string | boolean | undefined> = {};
  for (const [name, option] of Object.entries(command.options)) {
    options[name] =
      values[name] ?? (option.environment === undefined ? undefined : environment[option.environment] || undefined);
    requireChoice(name, options[name], option.choices);
  }
  options["help"] = values["help"];
  if (positionals.length > 0 && command.operands === undefined) {
    throw new CommandError(`clary ${command.name} takes no argument ${JSON.stringify(positionals[0])}`, 2);
  }
  return { options, operands: [...positionals, ...program] };
}

function parseStrictly(
  command: Command,
  words: readonly string[],
  declared: Readonly<Record<string, { readonly type: "string" | "boolean" }>>,
): { values: Record<string, string | boolean | undefined>; positionals: string[] } {
  const known = Object.fromEntries(Object.entries(declared).map(([name, { type }]) => [name, { type }]));
  try {
    const parsed = parseArgs({
      args: [...words],
      options: { ...known, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
      strict: true,
    });
    return { values: parsed.values as Record<string, string | boolean | undefined>, positionals: parsed.positionals };
  } catch (error) {
    const unknown = words
      .filter((word) => word.startsWith("--"))
      .map(optionName)
      .find((name) => !(name in declared));
    const near = unknown === undefined ? undefined : closest(unknown, Object.keys(declared));
    const hint = near === undefined ? `see clary ${command.name} --help` : `did you mean --${near}?`;
    throw new CommandError(`${firstSentence(error)}; ${hint}`, 2);
  }
}

/** `--port=1` → `port`. */
function optionName(word: string): string {
  return word.slice(2).split("=", 1)[0] ?? "";
}

/** Splits at the first word that is neither an option nor an option's value. */
function splitProgram(command: Command, words: readonly string[]): [readonly string[], readonly string[]] {
  let index = 0;
  while (index < words.length) {
    const word = words[index] ?? "";
    if (word === "--") {
      return [words.slice(0, index), words.slice(index + 1)];
    }
    if (!word.startsWith("-")) {
      break;
    }
    const takesNext = !word.includes("=") && command.options[word.slice(2)]?.type === "string";
    index += takesNext ? 2 : 1;
  }
  return [words.slice(0, index), words.slice(index)];
}

function requireChoice(
  name: string,
  value: string | boolean | undefined,
  choices: readonly string[] | undefined,
): void {
  if (choices !== undefined && typeof value === "string" && !choices.includes(value)) {
    throw new CommandError(`--${name} takes ${choices.join(", ")}; not ${JSON.stringify(value)}`, 2);
  }
}

function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split(". ")[0] ?? message;
}
