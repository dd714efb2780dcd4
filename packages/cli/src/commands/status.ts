import type { Command } from "../command.ts";
import { findServer } from "../running-server.ts";
import { jsonOption, serverOptions, serverSettings } from "../settings.ts";

export const statusCommand: Command = {
  name: "status",
  summary: "Tell whether a server runs, and where",
  description: "Exit code 0 when it runs, 3 when it does not.",
  options: { ...serverOptions, json: jsonOption },

  async run({ options, terminal }) {
    const settings = serverSettings(options, terminal);
    const server = await findServer(settings);
    const json = options["json"] === true;
    if (server === undefined) {
      const { dataDirectory } = settings;
      terminal.out(
        json ? `${JSON.stringify({ running: false, dataDirectory })}\n` : `No server runs on ${dataDirectory}.\n`,
      );
      return 3;
    }
    terminal.out(json ? `${JSON.stringify({ running: true, ...server.status })}\n` : table({ ...server.status }));
    return 0;
  },
};

function table(facts: Readonly<Record<string, unknown>>): string {
  const width = Math.max(...Object.keys(facts).map((name) => name.length));
  return Object.entries(facts)
    .map(([name, value]) => `${name.padEnd(width)}  ${Array.isArray(value) ? value.join(", ") : String(value)}\n`)
    .join("");
}
