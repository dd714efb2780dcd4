import { describe, expect, it } from "vitest";
import { account, alice, anonymous, decide, session } from "./testing/decide.ts";

const allow = { Effect: "Allow", Action: "*", Resource: "*" };
const deny = { Effect: "Deny", Action: "*", Resource: "*" };
const other = { Effect: "Allow", Action: "sqs:*", Resource: "*" };
const attachedTo = (AWS: string | string[], more: object = allow): object => ({ ...more, Principal: { AWS } });
const everybody = { ...allow, Principal: "*" };

const allowedBy = (by: string): object => ({ effect: "allow", by });
const deniedIn = (by: string): object => ({ effect: "explicit-deny", by });
const missingIn = (by: string): object => ({ effect: "implicit-deny", by });

describe("the order of evaluation", () => {
  it.each([
    ["nothing allows", {}, missingIn("identity")],
    ["an identity policy allows", { identity: [allow] }, allowedBy("identity")],
    ["another action is allowed", { identity: [other] }, missingIn("identity")],
    ["a deny beats an allow beside it", { identity: [allow, deny] }, deniedIn("identity")],
    [
      "a deny on the resource beats an allow",
      { identity: [allow], attached: [{ ...deny, Principal: "*" }] },
      deniedIn("resource"),
    ],
    [
      "a deny in the session beats an allow",
      { identity: [allow], session: [allow, deny], principal: session },
      deniedIn("session"),
    ],
    ["a deny in the boundary beats an allow", { identity: [allow], boundary: [allow, deny] }, deniedIn("boundary")],
    ["a boundary alone grants nothing", { boundary: [allow] }, missingIn("identity")],
    ["a boundary narrows", { identity: [allow], boundary: [other] }, missingIn("boundary")],
    ["a boundary that allows too", { identity: [allow], boundary: [allow] }, allowedBy("identity")],
    ["a session policy alone grants nothing", { session: [allow], principal: session }, missingIn("identity")],
    ["a session policy narrows", { identity: [allow], session: [other], principal: session }, missingIn("session")],
    [
      "a session policy that allows too",
      { identity: [allow], session: [allow], principal: session },
      allowedBy("identity"),
    ],
    ["a resource policy that names the user", { attached: [attachedTo(alice.arn)] }, allowedBy("resource")],
    ["… even past a boundary", { attached: [attachedTo(alice.arn)], boundary: [other] }, allowedBy("resource")],
    ["a resource policy that names the user's id", { attached: [attachedTo("AIDAALICE")] }, allowedBy("resource")],
    [
      "a resource policy that names the account leaves it to the account",
      { attached: [attachedTo(account)] },
      missingIn("identity"),
    ],
    ["… which may allow", { identity: [allow], attached: [attachedTo(account)] }, allowedBy("identity")],
    ["… by its root's ARN as well", { attached: [attachedTo(`arn:aws:iam::${account}:root`)] }, missingIn("identity")],
    [
      "a resource policy for another user",
      { attached: [attachedTo(`arn:aws:iam::${account}:user/bob`)] },
      missingIn("identity"),
    ],
    [
      "a resource policy that names the session",
      { attached: [attachedTo(session.arn)], session: [other], principal: session },
      allowedBy("resource"),
    ],
    [
      "a resource policy that names the role",
      { attached: [attachedTo(session.roleArn ?? "")], principal: session },
      allowedBy("resource"),
    ],
    [
      "… is bounded by the session policy",
      { attached: [attachedTo(session.roleArn ?? "")], session: [other], principal: session },
      missingIn("session"),
    ],
    ["a resource policy for everybody", { attached: [everybody] }, allowedBy("resource")],
    ["… also for those without a name", { attached: [everybody], principal: anonymous }, allowedBy("resource")],
    ["… spelt as AWS accounts", { attached: [attachedTo("*")], principal: anonymous }, allowedBy("resource")],
    [
      "nobody is in an account without a name",
      { attached: [attachedTo(account)], principal: anonymous },
      missingIn("identity"),
    ],
    [
      "a deny for the account reaches its users",
      { identity: [allow], attached: [attachedTo(account, deny)] },
      deniedIn("resource"),
    ],
    [
      "a deny for another account does not",
      { identity: [allow], attached: [attachedTo("999999999999", deny)] },
      allowedBy("identity"),
    ],
  ] as const)("%s", (_case, request, expected) => {
    expect(decide(request as Parameters<typeof decide>[0])).toEqual(expected);
  });
});

describe("trust policies", () => {
  const trust = { Effect: "Allow", Action: "sts:AssumeRole" };
  const asked = { action: "sts:AssumeRole", resource: session.roleArn ?? "", resourceMustAllow: true };
  it.each([
    ["identity policies are not enough", { identity: [allow] }, missingIn("resource")],
    [
      "the account is trusted and its policies allow",
      { identity: [allow], attached: [{ ...trust, Principal: { AWS: account } }] },
      allowedBy("identity"),
    ],
    [
      "the account is trusted and its policies do not allow",
      { attached: [{ ...trust, Principal: { AWS: account } }] },
      missingIn("identity"),
    ],
    ["the user is trusted", { attached: [{ ...trust, Principal: { AWS: alice.arn } }] }, allowedBy("resource")],
    [
      "only a service is trusted",
      { identity: [allow], attached: [{ ...trust, Principal: { Service: "sagemaker.amazonaws.com" } }] },
      missingIn("resource"),
    ],
  ] as const)("%s", (_case, request, expected) => {
    expect(decide({ ...asked, ...request })).toEqual(expected);
  });

  it("lets in the service that is named", () => {
    const attached = [{ ...trust, Principal: { Service: ["lambda.amazonaws.com", "sagemaker.amazonaws.com"] } }];
    const principal = { type: "service", account, arn: "" } as const;
    const of = (service: string): string => decide({ ...asked, attached, principal: { ...principal, service } }).effect;
    expect([of("sagemaker.amazonaws.com"), of("ec2.amazonaws.com")]).toEqual(["allow", "implicit-deny"]);
  });
});

describe("NotPrincipal", () => {
  const sparing = (AWS: string[]): object => ({ ...deny, NotPrincipal: { AWS } });
  it.each([
    ["spares a user listed with its account", alice, [alice.arn, account], "allow"],
    ["does not spare a user without its account", alice, [alice.arn], "explicit-deny"],
    [
      "spares a session listed with its role and account",
      session,
      [session.arn, session.roleArn ?? "", account],
      "allow",
    ],
    [
      "does not spare other sessions of the role",
      session,
      [`${session.arn}x`, session.roleArn ?? "", account],
      "explicit-deny",
    ],
  ] as const)("%s", (_case, principal, listed, expected) => {
    expect(decide({ identity: [allow], attached: [sparing([...listed])], principal }).effect).toBe(expected);
  });

  it("in an Allow leaves out whoever is listed in any way", () => {
    const attached = [{ ...allow, NotPrincipal: { AWS: account } }];
    expect(decide({ attached }).effect).toBe("implicit-deny");
    expect(decide({ attached, principal: anonymous }).effect).toBe("allow");
  });
});

describe("actions and resources", () => {
  it.each([
    ["action names ignore case", { Action: "S3:getobject" }, "allow"],
    ["an asterisk in an action", { Action: "s3:Get*" }, "allow"],
    ["a question mark in an action", { Action: "s3:?etObject" }, "allow"],
    ["a question mark is one character", { Action: "s3:?GetObject" }, "implicit-deny"],
    ["one action of several", { Action: ["s3:PutObject", "s3:GetObject"] }, "allow"],
    ["NotAction leaves out", { Action: undefined, NotAction: "s3:Get*" }, "implicit-deny"],
    ["NotAction grants the rest", { Action: undefined, NotAction: "iam:*" }, "allow"],
    ["the resource by name", { Resource: "arn:aws:s3:::bucket/key" }, "allow"],
    ["resources mind case", { Resource: "arn:aws:s3:::Bucket/key" }, "implicit-deny"],
    ["an asterisk reaches over slashes", { Resource: "arn:aws:s3:::b*y" }, "allow"],
    ["an asterisk may stand for nothing", { Resource: "arn:aws:s3:::bucket/key*" }, "allow"],
    ["several asterisks", { Resource: "arn:aws:s3:::*ck*/*e*" }, "allow"],
    ["several asterisks that do not fit", { Resource: "arn:aws:s3:::*ck*/*x*" }, "implicit-deny"],
    ["the end must match", { Resource: "arn:aws:s3:::*/ke" }, "implicit-deny"],
    ["NotResource leaves out", { Resource: undefined, NotResource: "arn:aws:s3:::bucket/*" }, "implicit-deny"],
    ["NotResource grants the rest", { Resource: undefined, NotResource: "arn:aws:s3:::other/*" }, "allow"],
  ] as const)("%s", (_case, change, effect) => {
    expect(decide({ identity: [{ ...allow, ...change }] }).effect).toBe(effect);
  });

  it("takes time in proportion to both lengths, whatever the pattern", () => {
    const identity = [{ ...allow, Resource: `arn:aws:s3:::${"*a".repeat(500)}b` }];
    const started = performance.now();
    expect(decide({ identity, resource: `arn:aws:s3:::${"a".repeat(2000)}` }).effect).toBe("implicit-deny");
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe("policy variables", () => {
  const home = { ...allow, Resource: "arn:aws:s3:::bucket/${aws:username}/*" };
  const resource = "arn:aws:s3:::bucket/alice/notes";
  const keys = { "aws:username": ["alice"] };
  it.each([
    ["take the request's value", home, { resource, keys }, "allow"],
    ["find keys in any case", home, { resource, keys: { "AWS:UserName": ["alice"] } }, "allow"],
    ["grant nothing without a value", home, { resource }, "implicit-deny"],
    ["are no wildcards, whatever the value", home, { resource, keys: { "aws:username": ["*"] } }, "implicit-deny"],
    ["have defaults", { ...allow, Resource: "arn:aws:s3:::bucket/${aws:username, 'alice'}/*" }, { resource }, "allow"],
    [
      "stand for the characters themselves",
      { ...allow, Resource: "arn:aws:s3:::bucket/${*}" },
      { resource: "arn:aws:s3:::bucket/*" },
      "allow",
    ],
    ["… and nothing else", { ...allow, Resource: "arn:aws:s3:::bucket/${*}" }, { resource }, "implicit-deny"],
    [
      "grant nothing through NotResource without a value",
      { ...allow, Resource: undefined, NotResource: home.Resource },
      { resource },
      "implicit-deny",
    ],
  ] as const)("%s", (_case, statement, request, effect) => {
    expect(decide({ identity: [statement], ...request }).effect).toBe(effect);
  });
});
