import { describe, expect, it } from "vitest";
import { readBoston, split, toCsv } from "./boston-data.ts";
import { bar } from "./bar.ts";
import { DemoDisplay, formatDuration } from "./demo-display.ts";
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
    const rows = plotInTerminal(points, 28, { unit: "$", paint: (_, text) => text }).split("\n");
    expect(rows).toEqual([
      "  predicted, $",
      "   50 ┤                   ··",
      "      │                 ··",
      "   40 ┤               ··",
      "      │             ··",
      "   30 ┤           ··",
      "      │         ··",
      "   20 ┤       ··",
      "      │     ··",
      "   10 ┤   ·•",
      "      │ ··                 •",
      "    0 ┤·",
      "      └───┴───┴───┴───┴───┴",
      "      0  10  20  30  40  50",
      "                  actual, $",
    ]);
  });

  it("draws every point and escapes text in the picture", () => {
    const svg = plotAsSvg(points, { title: "a < b & c", subtitle: "", unit: "$" });
    expect(svg.match(/<circle /g)).toHaveLength(2);
    expect(svg).toContain("a &lt; b &amp; c");
  });
});

describe("the display", () => {
  function displayed(
    columns: number,
    interactive: boolean,
  ): { readonly display: DemoDisplay; readonly text: () => string } {
    let text = "";
    const terminal = {
      environment: {},
      out: (part: string) => void (text += part),
      error: () => {},
      interactive,
      columns,
    };
    return { display: new DemoDisplay(terminal), text: () => text };
  }

  it("formats bars and durations", () => {
    expect(bar(0.5, 4)).toBe("██░░");
    expect(bar(7, 4)).toBe("████");
    expect([formatDuration(12.4), formatDuration(1234)]).toEqual(["12 ms", "1.23 s"]);
  });

  it("breaks paragraphs between words", () => {
    const { display, text } = displayed(12, false);
    display.paragraph(["aaaa", "bbbb", "cccc"]);
    expect(text()).toBe("  aaaa bbbb\n  cccc\n");
  });

  it("cuts log lines at the edge of a terminal and nowhere else", () => {
    const file = displayed(10, false);
    file.display.log("0123456789");
    expect(file.text()).toBe("  │ 0123456789\n");
    const screen = displayed(10, true);
    screen.display.log("0123456789");
    expect(screen.text()).toContain("  │ 0123…");
  });

  it("redraws its last line on a terminal only", () => {
    const file = displayed(80, false);
    file.display.progress(0.5, "half");
    expect(file.text()).toBe("");
    const screen = displayed(80, true);
    screen.display.progress(0.5, "half");
    screen.display.line("next");
    expect(screen.text().split("\r\u001b[2K")).toEqual(["", expect.stringContaining("half"), "next\n"]);
  });
});
