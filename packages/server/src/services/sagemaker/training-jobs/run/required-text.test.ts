import { manifests } from "@clary/algorithms/manifests";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { requiredText } from "./required-text.ts";

describe("requiredText", () => {
  it.each([
    ["train-rmse:([0-9.]+)", "train-rmse:"],
    [String.raw`.*\[[0-9]+\].*#011validation-auc:([-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?).*`, "#011validation-auc:"],
    [String.raw`#quality_metric: host=\S+, epoch=\S+, train \S+_objective <loss>=(\S+)`, "#quality_metric: host="],
    ["loss: (.*)", "loss: "],
    ["colou?r=(.*)", "colo"],
    ["ab*cd=(.*)", "cd="],
    ["ab+cd=(.*)", "cd="],
    ["ab{0,1}c(.*)", "a"],
    ["x{12,34}(.*)", ""],
    [String.raw`\x41bc\u0041`, ""],
    [String.raw`(a)\1bc`, ""],
    ["a(bcd)e", "a"],
    ["(?:abc)?d", "d"],
    ["[abc]+x", "x"],
    [String.raw`\bword\d`, "word"],
    ["loss=(.*)|error=(.*)", ""],
    ["(.*)", ""],
    ["(unclosed", ""],
    ["[unclosed", ""],
  ])("of %s is %s", (source, text) => {
    expect(requiredText(source)).toBe(text);
  });

  it("is never missing from what a pattern matches", () => {
    const atom = fc.oneof(
      fc.constantFrom(
        "a",
        "b",
        "1",
        ",",
        "#",
        ".",
        "[ab1]",
        "[^a]",
        String.raw`\d`,
        String.raw`\.`,
        "(a1)",
        "(?:b,)",
        "^",
        "$",
      ),
    );
    const counted = fc.tuple(atom, fc.constantFrom("", "", "*", "+", "?", "{0,1}", "{2}", "*?", "+?"));
    const source = fc.array(fc.oneof(counted, fc.constantFrom<[string, string]>(["|", ""])), { maxLength: 8 });
    const line = fc.string({ unit: fc.constantFrom("a", "b", "1", ",", "#", "."), maxLength: 12 });
    fc.assert(
      fc.property(source, line, (parts, text) => {
        const pattern = parts.map(([one, count]) => (one === "^" || one === "$" ? one : one + count)).join("");
        const found = new RegExp(pattern).exec(text);
        expect(found === null || text.includes(requiredText(pattern))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it("is found in every line that a built-in metric's pattern matches", () => {
    const definitions = Object.values(manifests).flatMap((manifest) => manifest.metricDefinitions("1.7-1"));
    expect(definitions.length).toBeGreaterThan(0);
    for (const { name, regex } of definitions) {
      const [set, metric] = name.split(":");
      const line = `[3]#011${set}-${metric}:1.5e-3`;
      expect(new RegExp(regex).exec(line)?.[1]).toBe("1.5e-3");
      expect(requiredText(regex)).not.toBe("");
      expect(line).toContain(requiredText(regex));
    }
  });
});
