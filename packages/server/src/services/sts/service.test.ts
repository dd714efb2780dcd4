import { AwsError } from "@clary/wire";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Caller } from "../caller.ts";
import type { Service } from "../operation.ts";
import { createTestRole, createTestUser } from "../iam/testing/test-holders.ts";
import { testIdentity, testStart, type TestIdentity } from "../iam/testing/test-identity.ts";
import { stsService } from "./service.ts";

const account = "123456789012";
const everything = { Effect: "Allow", Action: "*", Resource: "*" };
const trusting = (AWS: string, Condition: object = {}): object => ({
  Effect: "Allow",
  Principal: { AWS },
  Action: "sts:AssumeRole",
  Condition,
});

interface Wire {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
  readonly Expiration: Date;
}

let test: TestIdentity;
let sts: Service;
let alice: Caller;
beforeAll(async () => {
  test = await testIdentity();
  sts = stsService({ sessions: test.identity.sessions, roles: test.identity.assumableRoles });
});
afterAll(() => test.close());
beforeEach(async () => {
  alice = await createTestUser(test, "alice", { inline: [everything] });
  await createTestRole(test, "worker", { path: "/team/", inline: [everything], trust: trusting(account) });
});

const RoleArn = `arn:aws:iam::${account}:role/team/worker`;
const asked = { RoleArn, RoleSessionName: "monday" };

const call = (name: string, input: object, caller: Caller = alice): Promise<Record<string, unknown>> =>
  test.call(sts, name, input, caller);

async function failure(name: string, input: object, caller: Caller = alice): Promise<string> {
  const answer: unknown = await call(name, input, caller).catch((error: unknown) => error);
  return answer instanceof AwsError ? `${answer.code}: ${answer.message}` : `answered ${JSON.stringify(answer)}`;
}

const credentialsOf = (answer: Record<string, unknown>): Wire => answer["Credentials"] as Wire;

async function found({ AccessKeyId, SessionToken }: Wire, identity = test.identity) {
  return identity.credentials.find(AccessKeyId, SessionToken);
}

describe("GetCallerIdentity", () => {
  it("names root, users and sessions", async () => {
    expect(await call("GetCallerIdentity", {}, test.root)).toEqual({
      UserId: account,
      Account: account,
      Arn: `arn:aws:iam::${account}:root`,
    });
    expect(await call("GetCallerIdentity", {})).toMatchObject({
      UserId: "AIDAALICE",
      Arn: `arn:aws:iam::${account}:user/alice`,
    });
    const session = await found(credentialsOf(await call("AssumeRole", asked)));
    expect(await call("GetCallerIdentity", {}, session?.caller)).toEqual({
      UserId: "AROAWORKER:monday",
      Account: account,
      Arn: `arn:aws:sts::${account}:assumed-role/worker/monday`,
    });
  });
});

describe("AssumeRole", () => {
  it("gives credentials that are found by their token, also after a restart, until their role is another", async () => {
    const answer = await call("AssumeRole", { ...asked, DurationSeconds: 900 });
    expect(answer["AssumedRoleUser"]).toEqual({
      AssumedRoleId: "AROAWORKER:monday",
      Arn: `arn:aws:sts::${account}:assumed-role/worker/monday`,
    });
    const wire = credentialsOf(answer);
    expect(wire.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(wire.Expiration).toEqual(new Date(testStart.getTime() + 900_000));
    const credential = await found(wire);
    expect(credential).toEqual({
      secretAccessKey: wire.SecretAccessKey,
      sessionToken: wire.SessionToken,
      expiration: wire.Expiration,
      active: true,
      caller: {
        type: "assumed-role",
        account,
        arn: `arn:aws:sts::${account}:assumed-role/worker/monday`,
        userId: "AROAWORKER:monday",
        roleArn: RoleArn,
        roleName: "worker",
        sessionName: "monday",
        sessionPolicies: [],
      },
    });
    const { identity } = await test.restart();
    expect(await found(wire, identity)).toEqual(credential);
    await test.identity.directory.roles.delete("worker");
    expect(await found(wire)).toBeUndefined();
  });

  it("is found with its own genuine token only", async () => {
    const wire = credentialsOf(await call("AssumeRole", asked));
    const other = credentialsOf(await call("AssumeRole", asked));
    const flip = (text: string, at: number): string =>
      text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
    expect(await found({ ...wire, SessionToken: other.SessionToken })).toBeUndefined();
    expect(await found({ ...wire, SessionToken: flip(wire.SessionToken, 5) })).toBeUndefined();
    expect(await found({ ...wire, SessionToken: flip(wire.SessionToken, 80) })).toBeUndefined();
    expect(await found({ ...wire, SessionToken: "A".repeat(100_000) })).toBeUndefined();
    expect(await test.identity.credentials.find(wire.AccessKeyId)).toBeUndefined();
    expect(await test.identity.credentials.find(test.boot.rootKey.accessKeyId, wire.SessionToken)).toBeUndefined();
  });

  it("is decided by the trust policy", async () => {
    const refused = `AccessDenied: User: arn:aws:iam::${account}:user/alice is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`;
    await createTestRole(test, "worker", { path: "/team/" });
    expect(await failure("AssumeRole", asked)).toBe(refused);
    await createTestRole(test, "worker", { path: "/team/", trust: trusting(`arn:aws:iam::${account}:user/alice`) });
    alice = await createTestUser(test, "alice", {});
    expect(credentialsOf(await call("AssumeRole", asked)).AccessKeyId).toMatch(/^ASIA/);
    await createTestRole(test, "worker", { path: "/team/", trust: trusting(account) });
    expect(await failure("AssumeRole", asked)).toBe(refused);
    expect(await failure("AssumeRole", { ...asked, RoleArn: `${RoleArn}x` })).toBe(`${refused}x`);
    expect(await failure("AssumeRole", asked, test.root)).toBe(
      "AccessDenied: Roles may not be assumed by root accounts.",
    );
  });

  it("asks for the external id that the trust policy wants", async () => {
    const trust = trusting(account, { StringEquals: { "sts:ExternalId": "open sesame" } });
    await createTestRole(test, "worker", { path: "/team/", trust });
    expect(await failure("AssumeRole", asked)).toMatch(/is not authorized to perform: sts:AssumeRole/);
    expect(await failure("AssumeRole", { ...asked, ExternalId: "sesame" })).toMatch(/is not authorized/);
    expect(await call("AssumeRole", { ...asked, ExternalId: "open sesame" })).toHaveProperty("Credentials");
  });

  it("lasts no longer than the role allows, and an hour at most from another session", async () => {
    expect(await failure("AssumeRole", { ...asked, DurationSeconds: 7201 })).toBe(
      "ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
    const session = await found(credentialsOf(await call("AssumeRole", asked)));
    expect(await failure("AssumeRole", { ...asked, DurationSeconds: 3601 }, session?.caller)).toBe(
      "ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
  });

  it("narrows the session to its policies", async () => {
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: { ...everything, Action: "s3:GetObject" } });
    const PolicyArns = [{ arn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole" }];
    const answer = await call("AssumeRole", { ...asked, Policy, PolicyArns });
    expect(answer["PackedPolicySize"]).toBeGreaterThan(0);
    const session = await found(credentialsOf(answer));
    const caller = session?.caller ?? test.root;
    const refusal = async (action: string): Promise<string> =>
      Promise.resolve(
        test.identity.authoriser.authorise({
          caller,
          permissions: [{ action, resource: "*" }],
          context: test.context(caller),
          resourcePolicy: async () => undefined,
        }),
      ).then(
        () => "allowed",
        (error: unknown) => String(error),
      );
    expect(await refusal("s3:GetObject")).toBe("allowed");
    expect(await refusal("logs:PutLogEvents")).toBe("allowed");
    expect(await refusal("s3:PutObject")).toMatch(/because no session policy allows the s3:PutObject action$/);
  });

  it("says what is wrong with session policies, and what is not built", async () => {
    expect(await failure("AssumeRole", { ...asked, Policy: "{" })).toBe(
      "MalformedPolicyDocumentException: This policy contains invalid Json",
    );
    const arn = `arn:aws:iam::${account}:policy/none`;
    expect(await failure("AssumeRole", { ...asked, PolicyArns: [{ arn }] })).toBe(
      `MalformedPolicyDocumentException: Policy ${arn} does not exist or is not attachable.`,
    );
    expect(await failure("AssumeRole", { ...asked, Tags: [{ Key: "a", Value: "b" }] })).toBe(
      "NotImplemented: AssumeRole with session tags is not implemented.",
    );
    expect(await failure("AssumeRole", { ...asked, SerialNumber: "arn:aws:iam::1:mfa/x", TokenCode: "123456" })).toBe(
      "AccessDenied: MultiFactorAuthentication failed with invalid MFA one time pass code. ",
    );
  });
});

describe("GetSessionToken", () => {
  it("gives users and root credentials of their own", async () => {
    const user = await found(credentialsOf(await call("GetSessionToken", { DurationSeconds: 129_600 })));
    expect(user).toMatchObject({ caller: alice, expiration: new Date(testStart.getTime() + 129_600_000) });
    const root = await found(credentialsOf(await call("GetSessionToken", {}, test.root)));
    expect(root).toMatchObject({ caller: test.root, expiration: new Date(testStart.getTime() + 3_600_000) });
  });

  it("is not for sessions", async () => {
    const session = await found(credentialsOf(await call("AssumeRole", asked)));
    expect(await failure("GetSessionToken", {}, session?.caller)).toBe(
      "AccessDenied: Cannot call GetSessionToken with session credentials",
    );
  });
});

describe("roles for services", () => {
  it("are assumed by the service that they trust", async () => {
    const { roles } = test.identity;
    const inline = [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::data/*" }];
    await createTestRole(test, "job", { inline });
    const arn = `arn:aws:iam::${account}:role/job`;
    const session = await roles.assume(arn, "sagemaker.amazonaws.com", "SageMaker");
    expect(await session?.allows("s3:GetObject", "arn:aws:s3:::data/x")).toBe(true);
    expect(await session?.allows("s3:PutObject", "arn:aws:s3:::data/x")).toBe(false);
    test.resourcePolicies.set(
      "arn:aws:s3:::data/y",
      JSON.stringify({ Statement: { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" } }),
    );
    expect(await session?.allows("s3:GetObject", "arn:aws:s3:::data/y")).toBe(false);
    expect(await roles.assume(arn, "lambda.amazonaws.com", "x")).toBeUndefined();
    expect(await roles.assume(`${arn}x`, "sagemaker.amazonaws.com", "x")).toBeUndefined();
    expect(
      await roles.assume(`arn:aws:iam::${account}:role/other/job`, "sagemaker.amazonaws.com", "x"),
    ).toBeUndefined();
    expect(await roles.assume("job", "sagemaker.amazonaws.com", "x")).toBeUndefined();
  });

  it("give their jobs credentials", async () => {
    await createTestRole(test, "job", {});
    const session = await test.identity.roles.assume(
      `arn:aws:iam::${account}:role/job`,
      "sagemaker.amazonaws.com",
      "SageMaker",
    );
    const issued = await session?.credentials();
    const credential = await test.identity.credentials.find(issued?.accessKeyId ?? "", issued?.sessionToken);
    expect(credential).toMatchObject({
      secretAccessKey: issued?.secretAccessKey,
      caller: { arn: `arn:aws:sts::${account}:assumed-role/job/SageMaker` },
    });
  });
});
