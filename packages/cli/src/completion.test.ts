import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { commands } from "./commands.ts";
import { completionScript } from "./completion.ts";

/** What bash itself offers for a line whose last word is being typed. */
function bashOffers(...words: string[]): string[] {
  const script = `${completionScript("bash", commands)}
COMP_WORDS=(${words.map((word) => JSON.stringify(word)).join(" ")})
COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
_clary
printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["-c", script], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line !== "");
}

describe("completionScript", () => {
  it("completes commands, options and choices in bash", () => {
    expect(bashOffers("clary", "st")).toEqual(["start", "status", "stop"]);
    expect(bashOffers("clary", "start", "--da")).toEqual(["--data-dir"]);
    expect(bashOffers("clary", "start", "--log-level", "d")).toEqual(["debug"]);
    expect(bashOffers("clary", "completion", "f")).toEqual(["fish"]);
  });

  it("names every command and option for fish", () => {
    const script = completionScript("fish", commands);
    for (const command of commands) {
      expect(script).toContain(`-a ${command.name} `);
      for (const option of Object.keys(command.options)) {
        expect(script).toContain(`__fish_seen_subcommand_from ${command.name}' -l ${option} `);
      }
    }
  });
});
