import { CommandError, type Command } from "../command.ts";
import { completionScript, shells } from "../completion.ts";

/** The command that completes `others` and itself. */
export function completionCommand(others: readonly Command[]): Command {
  const command: Command = {
    name: "completion",
    summary: "Print a completion script for a shell",
    operands: "bash|zsh|fish",
    options: {},
    examples: ["source <(clary completion bash)", "clary completion fish > ~/.config/fish/completions/clary.fish"],

    async run({ operands, terminal }) {
      const shell = shells.find((name) => name === operands[0]);
      if (shell === undefined) {
        throw new CommandError(`name a shell: ${shells.join(", ")}`, 2);
      }
      terminal.out(completionScript(shell, [...others, command]));
      return 0;
    },
  };
  return command;
}
