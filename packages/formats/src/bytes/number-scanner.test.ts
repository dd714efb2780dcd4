import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMA, NEWLINE } from "./ascii.ts";
import { NumberScanner } from "./number-scanner.ts";

const scan = (text: string): number => new NumberScanner([COMMA, NEWLINE]).scan(Buffer.from(`${text}\n`), 0);

describe("NumberScanner", () => {
  it("reads every double as Number does", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(scan(String(value))).toBe(Number(String(value)));
      }),
    );
  });

  it("reads decimals of any length as Number does", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^-?\d{1,25}\.\d{0,25}$/), (text) => {
        expect(scan(text)).toBe(Number(text));
      }),
    );
  });

  it.each([
    ["", Number.NaN],
    ["  ", Number.NaN],
    ["nan", Number.NaN],
    ["-NaN", Number.NaN],
    ["inf", Infinity],
    ["-Infinity", -Infinity],
    [" 1.5 ", 1.5],
    ["+2", 2],
    ["-0", -0],
    [".5", 0.5],
    ["5.", 5],
    ["1e-3", 0.001],
  ])("reads '%s'", (text, value) => {
    expect(scan(text)).toBe(value);
  });

  it.each(["abc", "1.2.3", "0x10", "1,5e", "--1", "1e", "1_000"])("refuses '%s'", (text) => {
    expect(() => scan(text.replace(",", "x"))).toThrow(/is not a number$/);
  });

  it("stops at the terminator", () => {
    const scanner = new NumberScanner([COMMA, NEWLINE]);
    const bytes = Buffer.from("12,3\n");
    expect([scanner.scan(bytes, 0), scanner.end, scanner.scan(bytes, 3), scanner.end]).toEqual([12, 2, 3, 4]);
  });
});
