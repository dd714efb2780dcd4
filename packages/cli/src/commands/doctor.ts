import type { Command } from "../command.ts";
import type { Finding } from "../doctor/finding.ts";
import { jsonOption, serverOptions, serverSettings } from "../settings.ts";

const marks = { ok: "✓", note: "–", problem: "✗" } as const;

export const doctorCommand: Command = {
  name: "doctor",
  summary: "Check what this machine has and lacks, and name the remedies",
  description: "Exit code 1 when something is missing that Clary cannot do without.",
  options: { ...serverOptions, fix: { type: "boolean", summary: "Do what can be done" }, json: jsonOption },

  async run({ options, terminal }) {
    const { checkUp } = await import("../doctor/check-up.ts");
    const findings = await checkUp({
      settings: serverSettings(options, terminal),
      environment: terminal.environment,
      fix: options["fix"] === true,
      progress: (text) => terminal.error(`${text}\n`),
    });
    terminal.out(options["json"] === true ? `${JSON.stringify(findings)}\n` : findings.map(describe).join(""));
    return findings.some(({ state }) => state === "problem") ? 1 : 0;
  },
};

function describe({ name, state, detail, remedy }: Finding): string {
  const first = `${marks[state]} ${name.padEnd(18)} ${detail}\n`;
  return remedy === undefined ? first : `${first}  ${" ".repeat(18)} ${remedy}\n`;
}
