import { describe, expect, it } from "vitest";
import { javascriptPattern } from "./javascript-pattern.js";

describe("javascriptPattern", () => {
  it.each([
    ["\\A\\S[\\p{Print}]*\\z", "^\\S[\\x20-\\x7E]*$"],
    ["\\p{Print}+", "[\\x20-\\x7E]+"],
    ["[\\w-_]*", "[\\w\\-_]*"],
    ["[a-z]+\\-[0-9a-z\\-]+", "[a-z]+-[0-9a-z\\-]+"],
    ["([\\p{L}_]*)${1,128}", "([\\p{L}_]*)$"],
    ["[\\w+=,.@\\:-]*", "[\\w+=,.@:-]*"],
    ["[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}", "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}"],
  ])("%s", (java, javascript) => {
    expect(javascriptPattern(java)).toBe(javascript);
  });

  it("refuses what has no such form", () => {
    expect(() => javascriptPattern("\\p{NoSuchClass}")).toThrow(SyntaxError);
  });
});
