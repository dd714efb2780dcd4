import { describe, expect, it } from "vitest";
import { smallOperation } from "../testing/small-model.ts";
import { checkConstraints, constraintViolations } from "./check-constraints.ts";

const operation = smallOperation("awsJson1_1");
const check = (input: object): void => checkConstraints(operation, input);

/** The text after `1 validation error detected: `. */
function complaint(input: object): string {
  try {
    check(input);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

describe("checkConstraints", () => {
  it("is content with what the model allows", () => {
    expect(() => check({})).not.toThrow();
    expect(() =>
      check({
        Text: "ab",
        Count: 10,
        Names: ["ab"],
        Labels: { ab: "cd" },
        Nested: { Name: "ab", Kind: "A" },
        Bytes: Buffer.of(1),
      }),
    ).not.toThrow();
  });

  it.each<[string, object, string]>([
    [
      "a pattern",
      { Text: "AB" },
      "Value 'AB' at 'text' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-z]*",
    ],
    [
      "a line end, which a dot or `$` would let through",
      { Text: "ab\n" },
      "Value 'ab\n' at 'text' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-z]*",
    ],
    [
      "a length",
      { Text: "a" },
      "Value 'a' at 'text' failed to satisfy constraint: Member must have length greater than or equal to 2",
    ],
    [
      "a range",
      { Count: 11 },
      "Value '11' at 'count' failed to satisfy constraint: Member must have value less than or equal to 10",
    ],
    [
      "a value set",
      { Choice: "C" },
      "Value 'C' at 'choice' failed to satisfy constraint: Member must satisfy enum value set: [A, B]",
    ],
    [
      "a missing member",
      { Nested: {} },
      "Value null at 'nested.name' failed to satisfy constraint: Member must not be null",
    ],
    [
      "a list's length",
      { Names: ["ab", "ab", "ab"] },
      "Value '[ab, ab, ab]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
    [
      "a list's item",
      { Nested: { Name: "ab", Inner: [{ Name: "ab" }, { Name: "ab", Kind: "C" }] } },
      "Value 'C' at 'nested.inner.2.member.kind' failed to satisfy constraint: Member must satisfy enum value set: [A, B]",
    ],
    [
      "a list's scalar",
      { Names: ["ab", "X"] },
      "Value '[ab, X]' at 'names' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 4, Member must have length greater than or equal to 2, Member must satisfy regular expression pattern: ^[a-z]*]",
    ],
    [
      "a map's value",
      { Labels: { ab: "toolong" } },
      "Value '{ab=toolong}' at 'labels' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 4, Member must have length greater than or equal to 2, Member must satisfy regular expression pattern: ^[a-z]*]",
    ],
    [
      "a map's key",
      { Labels: { A1: "ab" } },
      "Value '{A1=ab}' at 'labels' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 4, Member must have length greater than or equal to 2, Member must satisfy regular expression pattern: ^[a-z]*]",
    ],
    [
      "bytes, which are not shown",
      { Bytes: Buffer.alloc(4) },
      "Value at 'bytes' failed to satisfy constraint: Member must have length less than or equal to 3",
    ],
    [
      "a secret, which is not shown",
      { Secret: "hush" },
      "Value at 'secret' failed to satisfy constraint: Member must have length less than or equal to 3",
    ],
  ])("names %s", (_, input, text) => {
    expect(complaint(input)).toBe(`1 validation error detected: ${text}`);
  });

  it("counts what is wrong, a pattern before a length", () => {
    expect(complaint({ Text: "ABCDE", Count: 0 })).toBe(
      "3 validation errors detected: " +
        "Value 'ABCDE' at 'text' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-z]*; " +
        "Value 'ABCDE' at 'text' failed to satisfy constraint: Member must have length less than or equal to 4; " +
        "Value '0' at 'count' failed to satisfy constraint: Member must have value greater than or equal to 1",
    );
  });

  it("counts characters, not code units", () => {
    expect(complaint({ Secret: "😀😀😀" })).toBe("");
    expect(complaint({ Secret: "😀😀😀😀" })).toContain("length less than or equal to 3");
  });

  it("carries the service's code and leaves the words to those who have others", () => {
    expect(() => check({ Count: 0 })).toThrow(expect.objectContaining({ code: "ValidationException", status: 400 }));
    expect(constraintViolations(operation, { Count: 0 })).toEqual([
      { path: "count", value: "0", constraint: "Member must have value greater than or equal to 1", missing: false },
    ]);
  });
});
