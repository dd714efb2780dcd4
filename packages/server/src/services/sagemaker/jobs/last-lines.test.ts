import { describe, expect, it } from "vitest";
import { LastLines } from "./last-lines.ts";

describe("LastLines", () => {
  it("keeps the end of what was written, without empty lines", () => {
    const lines = new LastLines();
    for (let number = 1; number <= 12; number += 1) {
      lines.add(`line ${number}`);
      lines.add("  ");
    }
    expect(lines.text()).toBe(Array.from({ length: 10 }, (_, index) => `line ${index + 3}`).join(" | "));
  });

  it("drops the oldest lines, not the newest, where they do not fit", () => {
    const lines = new LastLines();
    lines.add("a".repeat(600));
    lines.add("b".repeat(100));
    expect(lines.text()).toBe("b".repeat(100));
    lines.add("c".repeat(700));
    expect(lines.text()).toBe(`${"c".repeat(639)}…`);
  });
});
