import type { Command } from "../command.ts";
import { findServer } from "../running-server.ts";
import { jsonOption, serverOptions, serverSettings } from "../settings.ts";

export const statusCommand: Command = {
  name: "status",
  summary: "Tell whether a server runs, and where",
  description: "Exit code 0 when it runs, 3 when it does not.",
  options: { ...serverOptions, json: jsonOption },

  async run({ options, terminal }) {
    const { dataDirectory } = serverSettings(options, terminal);
    const server = await findServer(dataDirectory);
    if (server === undefined) {
      terminal.out(
        options["json"] === true
          ? `${JSON.stringify({ running: false, dataDirectory })}\n`
          : `No server runs on ${dataDirectory}.\n`,
      );
      return 3;
    }
    const facts = (await server.control("GET", "status")) as Record<string, unknown>;
    terminal.out(options["json"] === true ? `${JSON.stringify({ running: true, ...facts })}\n` : table(facts));
    return 0;
  },
};

function table(facts: Readonly<Record<string, unknown>>): string {
  const width = Math.max(...Object.keys(facts).map((name) => name.length));
  return Object.entries(facts)
    .map(([name, value]) => `${name.padEnd(width)}  ${Array.isArray(value) ? value.join(", ") : String(value)}\n`)
    .join("");
}
