import { describe, expect, it } from "vitest";
import type { Terminal } from "./command.ts";
import { commands } from "./commands.ts";
import { runCommandLine } from "./main.ts";

async function run(...words: string[]): Promise<{ code: number; out: string; error: string }> {
  const written = { out: "", error: "" };
  const terminal: Terminal = {
    environment: { HOME: "/nowhere" },
    out: (text) => void (written.out += text),
    error: (text) => void (written.error += text),
    interactive: false,
    columns: 80,
  };
  return { code: await runCommandLine(words, terminal), ...written };
}

describe("clary", () => {
  it("lists every command when it is called without one", async () => {
    const { code, out } = await run();
    expect(code).toBe(0);
    for (const { name, summary } of commands) {
      expect(out).toContain(`${name} `);
      expect(out).toContain(summary);
    }
  });

  it.each(commands.map(({ name }) => name))("explains %s", async (name) => {
    const asked = await run(name, "--help");
    expect(asked).toMatchObject({ code: 0, error: "" });
    expect(asked.out).toContain(`Usage: clary ${name}`);
    expect((await run("help", name)).out).toBe(asked.out);
  });

  it.each([
    ["strat", 'there is no command "strat"; did you mean start?'],
    ["stat", 'there is no command "stat"; did you mean status?'],
    ["comp", 'there is no command "comp"; did you mean completion?'],
    ["frobnicate", 'there is no command "frobnicate"; clary --help lists them'],
  ])("says what was meant by %s", async (word, message) => {
    expect(await run(word)).toEqual({ code: 2, out: "", error: `clary: ${message}\n` });
  });

  it.each([
    [["exec"], "name a program: clary exec -- python my_notebook.py"],
    [["completion", "tcsh"], "name a shell: bash, zsh, fish"],
    [["start", "--port", "99999"], '--port takes a number from 0 to 65535; not "99999"'],
  ])("refuses %j", async (words, message) => {
    expect(await run(...words)).toMatchObject({ code: 2, error: `clary: ${message}\n` });
  });

  it("says with an exit code of its own that no server runs", async () => {
    expect(await run("status", "--data-dir", "/nowhere", "--port", "1")).toMatchObject({
      code: 3,
      out: "No server runs on /nowhere.\n",
    });
    const asJson = await run("status", "--data-dir", "/nowhere", "--port", "1", "--json");
    expect(JSON.parse(asJson.out)).toEqual({ running: false, dataDirectory: "/nowhere" });
  });

  it("does not delete without being told twice", async () => {
    const { code, error } = await run("reset", "--data-dir", "/nowhere", "--port", "1");
    expect(code).toBe(2);
    expect(error).toContain("add --yes to do it");
  });
});
