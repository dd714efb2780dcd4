import type { Command } from "./command.ts";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/** A completion script for one shell, made from the same declarations as `--help`. */
export function completionScript(shell: Shell, commands: readonly Command[]): string {
  switch (shell) {
    case "bash":
      return bashScript(commands);
    case "zsh":
      // zsh runs bash completions as they are.
      return `autoload -U +X bashcompinit && bashcompinit\n${bashScript(commands)}`;
    case "fish":
      return fishScript(commands);
  }
}

function bashScript(commands: readonly Command[]): string {
  const names = commands.map((command) => command.name).join(" ");
  const cases = commands.map((command) => `    ${command.name}) words="${optionWords(command)}" ;;`);
  const values = choiceCases(commands).map(
    ([option, choices]) => `    --${option}) COMPREPLY=($(compgen -W "${choices}" -- "$word")); return ;;`,
  );
  return [
    "_clary() {",
    '  local word="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" words=""',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    COMPREPLY=($(compgen -W "${names}" -- "$word")); return`,
    "  fi",
    '  case "$previous" in',
    ...values,
    '    --data-dir) COMPREPLY=($(compgen -d -- "$word")); return ;;',
    "  esac",
    '  case "${COMP_WORDS[1]}" in',
    ...cases,
    "  esac",
    '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
    "}",
    "complete -o default -F _clary clary",
    "",
  ].join("\n");
}

function fishScript(commands: readonly Command[]): string {
  const lines = ["complete -c clary -f"];
  for (const command of commands) {
    lines.push(`complete -c clary -n __fish_use_subcommand -a ${command.name} -d ${quote(command.summary)}`);
    for (const [name, option] of Object.entries(command.options)) {
      const argument =
        option.choices === undefined
          ? option.type === "string"
            ? " -r"
            : ""
          : ` -x -a ${quote(option.choices.join(" "))}`;
      lines.push(
        `complete -c clary -n '__fish_seen_subcommand_from ${command.name}' -l ${name} -d ${quote(option.summary)}${argument}`,
      );
    }
  }
  return lines.join("\n") + "\n";
}

function optionWords(command: Command): string {
  const operands = command.operands?.split("|").every((word) => /^[a-z]+$/.test(word))
    ? command.operands.split("|")
    : [];
  return [...Object.keys(command.options).map((name) => `--${name}`), "--help", ...operands].join(" ");
}

function choiceCases(commands: readonly Command[]): [string, string][] {
  const cases = new Map<string, string>();
  for (const command of commands) {
    for (const [name, option] of Object.entries(command.options)) {
      if (option.choices !== undefined) {
        cases.set(name, option.choices.join(" "));
      }
    }
  }
  return [...cases];
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`;
}
