import { CommandError, type Command } from "../command.ts";
import { commands } from "../commands.ts";
import { completionScript, shells } from "../completion.ts";

export const completionCommand: Command = {
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
    terminal.out(completionScript(shell, commands));
    return 0;
  },
};
