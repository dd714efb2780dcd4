import type { Command } from "../command.ts";
import { processEnd } from "../process-end.ts";
import { findServer } from "../running-server.ts";
import { serverOptions, serverSettings } from "../settings.ts";

export const stopCommand: Command = {
  name: "stop",
  summary: "Stop the server of a data directory",
  options: serverOptions,

  async run({ options, terminal }) {
    const settings = serverSettings(options, terminal);
    const server = await findServer(settings);
    if (server === undefined) {
      terminal.out(`No server runs on ${settings.dataDirectory}.\n`);
      return 0;
    }
    await server.control("POST", "stop");
    await processEnd(server.status.pid);
    terminal.out("Stopped.\n");
    return 0;
  },
};
