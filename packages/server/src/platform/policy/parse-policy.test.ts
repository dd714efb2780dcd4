import { describe, expect, it } from "vitest";
import { parsePolicy } from "./parse-policy.ts";
import type { PolicyKind } from "./policy.ts";

const good = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "sagemaker.amazonaws.com" } };

function messageOf(document: unknown, kind: PolicyKind): string {
  try {
    parsePolicy(typeof document === "string" ? document : JSON.stringify(document), kind);
    return "accepted";
  } catch (error) {
    return error instanceof Error && error.name === "MalformedPolicyError" ? error.message : String(error);
  }
}

const one = (statement: object): object => ({ Version: "2012-10-17", Statement: [statement] });

describe("parsePolicy", () => {
  it.each([
    ["identity", one(good), "accepted"],
    ["identity", { Version: "2012-10-17", Id: "x", Statement: good }, "accepted"],
    ["identity", { Statement: good }, "accepted"],
    ["trust", one(trust), "accepted"],
    [
      "trust",
      one({ ...trust, Principal: { AWS: ["123456789012", "arn:aws:iam::123456789012:role/a/b"] } }),
      "accepted",
    ],
    ["resource", one({ ...good, Principal: "*" }), "accepted"],
    ["identity", "{", "This policy contains invalid Json"],
    ["identity", "[]", "Syntax errors in policy."],
    ["identity", {}, "Syntax errors in policy."],
    ["identity", { Version: "2012-10-17", Statement: [] }, "Syntax errors in policy."],
    ["identity", { Version: "2020-01-01", Statement: good }, "Syntax errors in policy."],
    ["identity", { Version: "2012-10-17", Statements: good }, "Unknown field Statements"],
    ["identity", one({ ...good, Efect: "Deny" }), "Unknown field Efect"],
    ["identity", one({ ...good, Effect: undefined }), "Missing required field Effect"],
    ["identity", one({ ...good, Effect: "allow" }), 'Invalid effect: "allow"'],
    ["identity", one({ ...good, Action: undefined }), "Policy statement must contain actions."],
    ["identity", one({ ...good, Action: [] }), "Policy statement must contain actions."],
    [
      "identity",
      one({ ...good, Action: "GetObject" }),
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    ],
    ["identity", one({ ...good, Action: "s3:Get:Object" }), "Actions/Condition can contain only one colon."],
    ["identity", one({ ...good, NotAction: "s3:*" }), "Syntax errors in policy."],
    ["identity", one({ ...good, Resource: undefined }), "Policy statement must contain resources."],
    ["identity", one({ ...good, Resource: "bucket" }), 'Resource bucket must be in ARN format or "*".'],
    ["identity", one({ ...good, Resource: 7 }), "Syntax errors in policy."],
    ["identity", one({ ...good, Principal: "*" }), "Policy document should not specify a principal."],
    [
      "identity",
      one({ ...good, Sid: "a b" }),
      "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
    ],
    [
      "identity",
      {
        Statement: [
          { ...good, Sid: "a" },
          { ...good, Sid: "a" },
        ],
      },
      "Statement IDs (SID) in a single policy must be unique.",
    ],
    ["identity", one({ ...good, Condition: { StringEqual: { a: "b" } } }), "Invalid Condition type : StringEqual."],
    ["identity", one({ ...good, Condition: { StringEquals: "b" } }), "Syntax errors in policy."],
    ["identity", one({ ...good, Condition: { NumericEquals: { a: "ten" } } }), "Syntax errors in policy."],
    ["identity", one({ ...good, Condition: { IpAddress: { a: "10.0.0.0/40" } } }), "Syntax errors in policy."],
    ["identity", one({ ...good, Condition: { Bool: { a: "yes" } } }), "Syntax errors in policy."],
    ["identity", one({ ...good, Condition: { DateLessThan: { a: "tomorrow" } } }), "Syntax errors in policy."],
    ["identity", one({ ...good, Condition: { Null: { a: "maybe" } } }), "Syntax errors in policy."],
    ["identity", one({ ...good, Condition: { StringEquals: { a: [] } } }), "Syntax errors in policy."],
    ["trust", one({ ...trust, Principal: undefined }), "Missing required field Principal"],
    ["trust", one({ ...trust, Resource: "*" }), "Has prohibited field Resource"],
    ["trust", one({ ...trust, Action: "s3:GetObject" }), "AssumeRole policy may only specify STS AssumeRole actions."],
    ["trust", one({ ...trust, Principal: { AWS: "alice" } }), 'Invalid principal in policy: "AWS":"alice"'],
    [
      "trust",
      one({ ...trust, Principal: { Service: "sagemaker" } }),
      'Invalid principal in policy: "SERVICE":"sagemaker"',
    ],
    ["resource", one({ ...good }), "Missing required field Principal"],
    [
      "resource",
      one({ ...good, Principal: { AWS: "arn:aws:iam::123456789012:user/*" } }),
      'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:user/*"',
    ],
  ] as const)("%s %j: %s", (kind, document, message) => {
    expect(messageOf(document, kind)).toBe(message);
  });

  it("refuses a key that occurs twice, since one of its values would be lost", () => {
    const twice =
      '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a":"true"},"Bool":{"b":"true"}}}}';
    expect(messageOf(twice, "identity")).toBe("Syntax errors in policy.");
    const apart =
      '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*"}]}';
    expect(messageOf(apart, "identity")).toBe("accepted");
  });
});
