/** One option of a command, as `--name`. */
export interface OptionDeclaration {
  readonly type: "string" | "boolean";
  /** One line for `--help`. */
  readonly summary: string;
  /** What stands for the value in `--help`: `PORT`. */
  readonly value?: string;
  /** The environment variable that gives the value when the option is absent. */
  readonly environment?: string;
  /** Fixed values, for help and completion. */
  readonly choices?: readonly string[];
}

/** Option values by name, after the environment filled in what was not given. */
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

/** Where a command reads and writes; the process's own outside tests. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  out(text: string): void;
  error(text: string): void;
  /** Standard output is a terminal that shows colours and can redraw a line. */
  readonly interactive: boolean;
  readonly columns: number;
}

export interface Invocation {
  readonly options: OptionValues;
  /** Positional arguments; everything after `--` for commands that take a program. */
  readonly operands: readonly string[];
  readonly terminal: Terminal;
}

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows the options in the usage line: `-- PROGRAM [ARGUMENT …]`. */
  readonly operands?: string;
  /** Longer explanation, below the usage line. */
  readonly description?: string;
  readonly options: Readonly<Record<string, OptionDeclaration>>;
  readonly examples?: readonly string[];
  /** Resolves with the exit code. Throws `CommandError` for what the user can mend. */
  run(invocation: Invocation): Promise<number>;
}

/** A failure that the user can mend: printed as one line with its remedy, without a stack. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
