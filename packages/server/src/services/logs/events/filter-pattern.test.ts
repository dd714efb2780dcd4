import { describe, expect, it } from "vitest";
import { readFilterPattern } from "./filter-pattern.ts";

describe("readFilterPattern", () => {
  it.each([
    ["", "anything", true],
    ["ERROR", "[ERROR 400] bad", true],
    ["ERROR", "[error 400] bad", false],
    ["ERROR bad", "bad ERROR", true],
    ["ERROR bad", "ERROR good", false],
    ['"INTERNAL SERVER ERROR"', "500 INTERNAL SERVER ERROR", true],
    ['"INTERNAL SERVER ERROR"', "INTERNAL ERROR", false],
    ['"say \\"hi\\""', 'they say "hi"', true],
    ["?ERROR ?WARN", "WARN low", true],
    ["?ERROR ?WARN", "INFO", false],
    ["ERROR -EXIT", "ERROR 1", true],
    ["ERROR -EXIT", "ERROR EXIT", false],
    ['-"clean exit"', "clean exit", false],
    ["?a b", "b", true],
    ["validation-rmse:3.1", "[5]#011train-rmse:2#011validation-rmse:3.1", true],
  ])("%s on %s: %s", (pattern, message, expected) => {
    expect(readFilterPattern(pattern)(message)).toBe(expected);
  });

  it.each([
    ['{ $.level = "x" }', 'JSON filter patterns are not implemented: use terms, "quoted phrases", ?any and -not.'],
    ["[ip, user]", 'Space-delimited filter patterns are not implemented: use terms, "quoted phrases", ?any and -not.'],
    [
      "%AUTH[a-z]%",
      'Regular expression filter patterns are not implemented: use terms, "quoted phrases", ?any and -not.',
    ],
    ['"open', "Invalid filter pattern"],
    ['a"b"', "Invalid filter pattern"],
  ])("refuses %s", (pattern, message) => {
    expect(() => readFilterPattern(pattern)).toThrow(
      expect.objectContaining({ name: "InvalidParameterException", message }),
    );
  });
});
