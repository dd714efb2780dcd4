import type { Command } from "../command.ts";
import { clientEnvironment, variablesToRemove } from "../client-environment.ts";
import { openSession, sessionOptions } from "../exec-session.ts";
import { requireServer } from "../running-server.ts";
import { jsonOption, serverOptions, serverSettings } from "../settings.ts";

export const envCommand: Command = {
  name: "env",
  summary: "Print the environment that points AWS clients at a running server",
  description: 'Use it as: eval "$(clary env)"',
  options: { ...serverOptions, ...sessionOptions, json: jsonOption },
  examples: ['eval "$(clary env)"', "clary env --as root --json"],

  async run({ options, terminal }) {
    const server = await requireServer(serverSettings(options, terminal));
    const session = await openSession(server, options, terminal);
    const variables = clientEnvironment(server, session, terminal.environment);
    if (options["json"] === true) {
      terminal.out(`${JSON.stringify(variables)}\n`);
      return 0;
    }
    terminal.out(`unset ${variablesToRemove(terminal.environment).join(" ")}\n`);
    for (const [name, value] of Object.entries(variables)) {
      terminal.out(`export ${name}=${shellQuote(value)}\n`);
    }
    return 0;
  },
};

function shellQuote(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
