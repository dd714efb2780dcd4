import { describe, expect, it } from "vitest";
import { readBoston, split, toCsv } from "./boston-data.ts";
import { bar, formatDuration } from "./demo-display.ts";
import { plotAsSvg } from "./plot-svg.ts";
import { plotInTerminal } from "./plot-terminal.ts";

describe("the Boston data", () => {
  it("has 506 houses of 13 features, split the same way every time", () => {
    const houses = readBoston();
    expect(houses).toHaveLength(506);
    expect(houses.every(({ features, value }) => features.length === 13 && Number.isFinite(value))).toBe(true);
    const parts = split(houses, 1);
    expect([parts.train.length, parts.validation.length, parts.test.length]).toEqual([227, 112, 167]);
    expect(new Set([...parts.train, ...parts.validation, ...parts.test]).size).toBe(506);
    expect(split(houses, 1).test[0]).toEqual(parts.test[0]);
    expect(split(houses, 2).test[0]).not.toEqual(parts.test[0]);
  });

  it("is written with the label first, or without it", () => {
    const house = { features: [1, 2.5], value: 24 };
    expect(toCsv([house], "with-label")).toBe("24,1,2.5\n");
    expect(toCsv([house, house], "without-label")).toBe("1,2.5\n1,2.5\n");
  });
});

describe("the plots", () => {
  const points = [
    { actual: 10, predicted: 10 },
    { actual: 50, predicted: 5 },
  ];

  it("puts a point where it belongs in the terminal", () => {
    const rows = plotInTerminal(points, { columns: 20, rows: 5 }, "$").split("\n");
    expect(rows).toHaveLength(8);
    // The point below the diagonal stands at the right of the lowest row.
    expect(rows[5]?.at(-1)).not.toBe("\u2800");
    expect(rows[1]).toMatch(/^ +50 ┤/);
  });

  it("draws every point and escapes text in the picture", () => {
    const svg = plotAsSvg(points, { title: "a < b & c", subtitle: "", unit: "$" });
    expect(svg.match(/<circle /g)).toHaveLength(2);
    expect(svg).toContain("a &lt; b &amp; c");
  });
});

describe("the display", () => {
  it("shows progress and durations", () => {
    expect(bar(0.5, 4)).toBe("██░░");
    expect(bar(7, 4)).toBe("████");
    expect([formatDuration(12.4), formatDuration(1234)]).toEqual(["12 ms", "1.23 s"]);
  });
});
