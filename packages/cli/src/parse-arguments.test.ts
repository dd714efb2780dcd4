import { describe, expect, it } from "vitest";
import { commands } from "./commands.ts";
import type { Command } from "./command.ts";
import { parseArguments } from "./parse-arguments.ts";

function command(name: string): Command {
  const found = commands.find((each) => each.name === name);
  if (found === undefined) {
    throw new Error(`no command ${name}`);
  }
  return found;
}

describe("parseArguments", () => {
  it("fills options in from the environment, and the command line wins", () => {
    const environment = { CLARY_PORT: "5000", CLARY_DATA_DIR: "/data" };
    const { options } = parseArguments(command("start"), ["--port", "6000"], environment);
    expect(options).toMatchObject({ port: "6000", "data-dir": "/data" });
  });

  it("passes a program's own options on, with and without --", () => {
    const words = ["python", "train.py", "--port", "3", "--", "x"];
    expect(parseArguments(command("exec"), ["--as", "root", ...words], {})).toMatchObject({
      options: { as: "root" },
      operands: words,
    });
    expect(parseArguments(command("exec"), ["--as=root", "--", ...words], {}).operands).toEqual(words);
  });

  it.each([
    ["start", ["--prot", "1"], "Unknown option '--prot'; did you mean --port?"],
    ["start", ["--wrong"], "Unknown option '--wrong'; see clary start --help"],
    ["start", ["--log-level", "loud"], '--log-level takes silent, error, warn, info, debug; not "loud"'],
    ["stop", ["now"], 'clary stop takes no argument "now"'],
  ])("refuses what it does not understand: %s %j", (name, words, message) => {
    expect(() => parseArguments(command(name), words, {})).toThrow(
      expect.objectContaining({ message, exitCode: 2 }) as Error,
    );
  });
});
