import type { ExecSession } from "./client-environment.ts";
import type { OptionValues, Terminal } from "./command.ts";
import type { RunningServer } from "./running-server.ts";

/** Options of the commands that act as somebody. */
export const sessionOptions = {
  as: { type: "string", value: "role|root|USER", summary: "Who the program is (default role: the execution role)" },
  region: {
    type: "string",
    value: "REGION",
    summary: "Region of the program (default: its own AWS_REGION, else the server's)",
  },
} as const;

/** Asks a server for a session of the principal that `--as` names. */
export async function openSession(
  server: RunningServer,
  options: OptionValues,
  terminal: Terminal,
): Promise<ExecSession> {
  const region =
    options["region"] || terminal.environment["AWS_REGION"] || terminal.environment["AWS_DEFAULT_REGION"] || undefined;
  return (await server.control("POST", "exec", { as: options["as"] ?? "role", region })) as ExecSession;
}
