import type { Command, OptionDeclaration } from "./command.ts";

/** The text of `clary --help`. */
export function overview(commands: readonly Command[], version: string): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return [
    `clary ${version}: the SageMaker API on your own machines`,
    "",
    "Usage: clary COMMAND [OPTION …]",
    "",
    ...lines,
    "",
    "clary COMMAND --help tells more about one of them.",
    "",
  ].join("\n");
}

/** The text of `clary COMMAND --help`. Where an option and its meaning do not fit one line, the meaning gets its own. */
export function commandHelp(command: Command, columns: number): string {
  const usage = ["Usage: clary", command.name, "[OPTION …]", command.operands].filter(Boolean).join(" ");
  const options = Object.entries({ ...command.options, help: helpOption }).map(describeOption);
  const width = Math.max(...options.map(([left]) => left.length));
  const lines = [command.summary + ".", "", usage, ""];
  if (command.description !== undefined) {
    lines.push(command.description, "");
  }
  const fits = options.every(([, right]) => 4 + width + right.length <= columns);
  const separator = fits ? "  " : "\n      ";
  lines.push("Options:");
  lines.push(...options.map(([left, right]) => `  ${fits ? left.padEnd(width) : left}${separator}${right}`), "");
  if (command.examples !== undefined) {
    lines.push("Examples:", ...command.examples.map((example) => `  ${example}`), "");
  }
  return lines.join("\n");
}

const helpOption: OptionDeclaration = { type: "boolean", summary: "Show this help" };

function describeOption([name, option]: [string, OptionDeclaration]): [string, string] {
  const value = option.type === "string" ? ` ${option.value ?? option.choices?.join("|") ?? "VALUE"}` : "";
  const environment = option.environment === undefined ? "" : ` [${option.environment}]`;
  return [`--${name}${value}`, option.summary + environment];
}
