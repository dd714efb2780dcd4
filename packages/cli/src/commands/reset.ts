import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { CommandError, type Command } from "../command.ts";
import { findServer } from "../running-server.ts";
import { serverOptions, serverSettings } from "../settings.ts";

export const resetCommand: Command = {
  name: "reset",
  summary: "Delete everything that a server has kept",
  description: "An ephemeral server is emptied while it runs; the data directory of any other must not be in use.",
  options: { ...serverOptions, yes: { type: "boolean", summary: "Do it without asking" } },

  async run({ options, terminal }) {
    const settings = serverSettings(options, terminal);
    const { dataDirectory } = settings;
    const server = await findServer(settings);
    if (server?.status.ephemeral === true) {
      await server.control("POST", "reset");
      terminal.out("The server is empty again.\n");
      return 0;
    }
    if (server !== undefined) {
      throw new CommandError(`a server runs on ${dataDirectory}; stop it first with clary stop`);
    }
    if (options["yes"] !== true) {
      throw new CommandError(`this deletes ${dataDirectory} with all buckets, jobs and models; add --yes to do it`, 2);
    }
    await removeDataDirectory(dataDirectory);
    terminal.out(`Deleted ${dataDirectory}.\n`);
    return 0;
  },
};

/** Refuses a directory that is not ours: a mistyped `--data-dir` must not cost somebody their files. */
async function removeDataDirectory(directory: string): Promise<void> {
  const exists = await stat(directory).then(
    () => true,
    () => false,
  );
  if (!exists) {
    return;
  }
  const ours = await stat(join(directory, "root-credentials.json")).then(
    () => true,
    () => false,
  );
  if (!ours) {
    throw new CommandError(`${directory} is not a data directory of Clary; nothing was deleted`);
  }
  await rm(directory, { recursive: true, force: true });
}
