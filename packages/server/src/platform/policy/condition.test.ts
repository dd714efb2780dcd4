import { describe, expect, it } from "vitest";
import { decide } from "./testing/decide.ts";

/** Whether an Allow and a Deny with this condition apply. */
function effects(condition: object, keys: Record<string, string[]>): { allows: boolean; denies: boolean } {
  const statement = { Action: "*", Resource: "*", Condition: condition };
  const open = { Effect: "Allow", Action: "*", Resource: "*" };
  return {
    allows: decide({ identity: [{ ...statement, Effect: "Allow" }], keys }).effect === "allow",
    denies: decide({ identity: [open, { ...statement, Effect: "Deny" }], keys }).effect === "explicit-deny",
  };
}

const arn = "arn:aws:sns:us-east-1:123456789012:topic";

describe("conditions that can be told", () => {
  it.each([
    // operator, value of the policy, values of the request, holds
    ["StringEquals", "a", ["a"], true],
    ["StringEquals", "a", ["A"], false],
    ["StringEquals", ["a", "b"], ["b"], true],
    ["StringEquals", "a*", ["ab"], false],
    ["StringEquals", "a", undefined, false],
    ["stringequals", "a", ["a"], true],
    ["StringNotEquals", "a", ["b"], true],
    ["StringNotEquals", ["a", "b"], ["b"], false],
    ["StringNotEquals", "a", undefined, true],
    ["StringEqualsIgnoreCase", "aB", ["Ab"], true],
    ["StringNotEqualsIgnoreCase", "aB", ["Ab"], false],
    ["StringLike", "home/*/x?", ["home/a/b/xy"], true],
    ["StringLike", "home/*", ["home"], false],
    ["StringNotLike", "home/*", ["home/x"], false],
    ["NumericEquals", "10", ["10.0"], true],
    ["NumericEquals", 10, ["11"], false],
    ["NumericNotEquals", "10", ["11"], true],
    ["NumericLessThan", "10", ["9"], true],
    ["NumericLessThan", "10", ["10"], false],
    ["NumericLessThanEquals", "10", ["10"], true],
    ["NumericGreaterThan", "10", ["1e2"], true],
    ["NumericGreaterThanEquals", "10", ["9.99"], false],
    ["DateEquals", "2026-01-01T00:00:00Z", ["2026-01-01T01:00:00+01:00"], true],
    ["DateNotEquals", "2026-01-01T00:00:00Z", ["2026-01-02T00:00:00Z"], true],
    ["DateLessThan", "2026-06-30T23:59:59Z", ["2026-06-30T23:59:58.5Z"], true],
    ["DateLessThanEquals", "2026-06-30", ["2026-06-30T00:00:00Z"], true],
    ["DateGreaterThan", "1780000000", ["2026-11-20T00:00:00Z"], true],
    ["DateGreaterThanEquals", "2027-01-01T00:00:00Z", ["2026-11-20T00:00:00Z"], false],
    ["Bool", "true", ["true"], true],
    ["Bool", true, ["false"], false],
    ["Bool", "TRUE", ["true"], true],
    ["Bool", "false", undefined, false],
    ["BinaryEquals", "QmluYXJ5", ["QmluYXJ5"], true],
    ["BinaryEquals", "QmluYXJ5", ["QmluYXJ6"], false],
    ["IpAddress", "203.0.113.0/24", ["203.0.113.77"], true],
    ["IpAddress", "203.0.113.0/24", ["203.0.114.1"], false],
    ["IpAddress", "203.0.113.7", ["203.0.113.7"], true],
    ["IpAddress", "203.0.113.0/24", ["::ffff:203.0.113.77"], true],
    ["IpAddress", ["203.0.113.0/24", "2001:DB8:1234:5678::/64"], ["2001:db8:1234:5678::1"], true],
    ["IpAddress", "2001:db8::/32", ["2001:db9::1"], false],
    ["NotIpAddress", "203.0.113.0/24", ["203.0.114.1"], true],
    ["ArnEquals", "arn:aws:sns:*:123456789012:top*", [arn], true],
    ["ArnLike", "arn:aws:sns:us-east-?:*:topic", [arn], true],
    ["ArnLike", "arn:aws:sns:*:topic", [arn], undefined],
    ["ArnLike", "arn:aws:*:*:topic:x", [arn], false],
    ["ArnNotEquals", arn, [arn], false],
    ["ArnNotLike", "arn:aws:sqs:*:*:*", [arn], true],
    ["Null", "true", undefined, true],
    ["Null", "true", ["x"], false],
    ["Null", "false", ["x"], true],
    ["Null", "false", undefined, false],
    ["StringEqualsIfExists", "a", undefined, true],
    ["StringEqualsIfExists", "a", ["b"], false],
    ["NumericLessThanIfExists", "3", undefined, true],
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "b"], true],
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "c"], false],
    ["ForAllValues:StringEquals", ["a", "b"], undefined, true],
    ["ForAllValues:StringNotEquals", ["a"], ["b", "c"], true],
    ["ForAllValues:StringNotEquals", ["a"], ["a", "c"], false],
    ["ForAnyValue:StringEquals", ["a", "b"], ["c", "b"], true],
    ["ForAnyValue:StringEquals", ["a"], ["b", "c"], false],
    ["ForAnyValue:StringEquals", ["a"], undefined, false],
    ["ForAnyValue:StringLike", ["a*"], ["b", "ab"], true],
    ["ForAnyValue:StringNotEquals", ["a"], ["a", "b"], true],
    ["ForAnyValue:StringEqualsIfExists", ["a"], undefined, true],
  ] as const)("%s %j against %j: %s", (operator, value, given, holds) => {
    const keys = given === undefined ? {} : { "aws:Key": [...given] };
    const expected = holds === undefined ? { allows: false, denies: true } : { allows: holds, denies: holds };
    expect(effects({ [operator]: { "aws:key": value } }, keys)).toEqual(expected);
  });

  it("all operators and all keys of a block must hold", () => {
    const condition = { StringEquals: { a: "1", b: "2" }, Bool: { c: "true" } };
    expect(effects(condition, { a: ["1"], b: ["2"], c: ["true"] }).allows).toBe(true);
    expect(effects(condition, { a: ["1"], b: ["3"], c: ["true"] }).allows).toBe(false);
    expect(effects(condition, { a: ["1"], b: ["2"], c: ["false"] }).allows).toBe(false);
  });
});

describe("conditions that cannot be told grant nothing and deny everything", () => {
  it.each([
    ["no number", { NumericNotEquals: { k: "1" } }, { k: ["one"] }],
    ["no date", { DateNotEquals: { k: "2026-01-01" } }, { k: ["yesterday"] }],
    ["no address", { NotIpAddress: { k: "10.0.0.0/8" } }, { k: ["localhost"] }],
    ["no ARN", { ArnNotLike: { k: "arn:aws:s3:::*" } }, { k: ["bucket"] }],
    ["no boolean", { Bool: { k: "true" } }, { k: ["yes"] }],
    ["several values for an operator of one", { StringNotEquals: { k: "a" } }, { k: ["b", "c"] }],
    ["a variable without a value", { StringNotEquals: { k: "${aws:username}" } }, { k: ["b"] }],
    ["a variable that holds no number", { NumericLessThan: { k: "${aws:limit}" } }, { k: ["1"], "aws:limit": ["x"] }],
  ] as const)("%s", (_case, condition, keys) => {
    expect(effects(condition, keys as unknown as Record<string, string[]>)).toEqual({ allows: false, denies: true });
  });
});

describe("variables in conditions", () => {
  it.each([
    [{ StringEquals: { "s3:prefix": "${aws:username}" } }, ["alice"], true],
    [{ StringLike: { "s3:prefix": "${aws:username}/*" } }, ["alice/x"], true],
    [{ StringLike: { "s3:prefix": "${aws:username}/*" } }, ["bob/x"], false],
    [{ ArnLike: { "s3:prefix": "arn:aws:iam::*:user/${aws:username}" } }, ["arn:aws:iam::1:user/alice"], true],
  ] as const)("%j against %j: %s", (condition, prefix, allows) => {
    expect(effects(condition, { "s3:prefix": [...prefix], "aws:username": ["alice"] }).allows).toBe(allows);
  });
});
