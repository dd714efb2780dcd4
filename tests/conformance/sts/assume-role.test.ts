import {
  CreateRoleCommand,
  CreateUserCommand,
  CreateAccessKeyCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { ListModelsCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  STSClient,
  type AssumeRoleCommandInput,
} from "@aws-sdk/client-sts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failureOf } from "../../support/failure-of.ts";
import { startServer, type ServerUnderTest } from "../../support/server.ts";

let server: ServerUnderTest;
let sts: STSClient;
const roleArn = (): string => `arn:aws:iam::${server.accountId}:role/reader`;

function options(credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) {
  return { endpoint: server.endpoint, region: server.region, credentials, maxAttempts: 1 };
}

/** Root may not assume roles, so a user does. */
beforeAll(async () => {
  server = await startServer();
  const { accessKeyId, secretAccessKey } = server;
  const iam = new IAMClient(options({ accessKeyId, secretAccessKey }));
  const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new CreateUserCommand({ UserName: "caller" }));
  const mayAssume = document({ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" });
  await iam.send(new PutUserPolicyCommand({ UserName: "caller", PolicyName: "assume", PolicyDocument: mayAssume }));
  const principal = { AWS: `arn:aws:iam::${server.accountId}:user/caller` };
  const trust = document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal });
  await iam.send(new CreateRoleCommand({ RoleName: "reader", AssumeRolePolicyDocument: trust }));
  const closed = document({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { Service: "sagemaker.amazonaws.com" },
  });
  await iam.send(new CreateRoleCommand({ RoleName: "closed", AssumeRolePolicyDocument: closed }));
  const mayList = document({ Effect: "Allow", Action: "sagemaker:List*", Resource: "*" });
  await iam.send(new PutRolePolicyCommand({ RoleName: "reader", PolicyName: "read", PolicyDocument: mayList }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "caller" }));
  sts = new STSClient(
    options({ accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" }),
  );
});
afterAll(() => server.stop());

async function assume(changes: Partial<AssumeRoleCommandInput> = {}) {
  const request = { RoleArn: roleArn(), RoleSessionName: "session", ...changes };
  const { Credentials, AssumedRoleUser } = await sts.send(new AssumeRoleCommand(request));
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  };
  return { credentials, Credentials, AssumedRoleUser };
}

describe("AssumeRole", () => {
  it("gives credentials that act as the role", async () => {
    const { credentials, Credentials, AssumedRoleUser } = await assume({ DurationSeconds: 900 });
    const Arn = `arn:aws:sts::${server.accountId}:assumed-role/reader/session`;
    expect(AssumedRoleUser).toEqual({ Arn, AssumedRoleId: expect.stringMatching(/^AROA[A-Z0-9]{17}:session$/) });
    expect(credentials.accessKeyId).toMatch(/^ASIA[A-Z0-9]{16}$/);
    const seconds = (Number(Credentials?.Expiration) - Date.now()) / 1000;
    expect(Math.abs(seconds - 900)).toBeLessThan(30);
    const identity = await new STSClient(options(credentials)).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({ Arn, Account: server.accountId, UserId: AssumedRoleUser?.AssumedRoleId });
    const list = await new SageMakerClient(options(credentials)).send(new ListModelsCommand({}));
    expect(list.Models).toEqual([]);
  });

  it("may give less than the role has", async () => {
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
    });
    const { credentials } = await assume({ Policy });
    expect(await failureOf(new SageMakerClient(options(credentials)).send(new ListModelsCommand({})))).toMatchObject({
      code: "AccessDeniedException",
      message: `User: arn:aws:sts::${server.accountId}:assumed-role/reader/session is not authorized to perform: sagemaker:ListModels on resource: * because no session policy allows the sagemaker:ListModels action`,
    });
  });

  it.each<readonly [string, () => Partial<AssumeRoleCommandInput>, string, string]>([
    [
      "roles that do not trust the caller",
      () => ({ RoleArn: `arn:aws:iam::${server.accountId}:role/closed` }),
      "AccessDenied",
      "User: arn:aws:iam::123456789012:user/caller is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/closed",
    ],
    [
      "roles that are not there, which it does not tell apart",
      () => ({ RoleArn: `arn:aws:iam::${server.accountId}:role/absent` }),
      "AccessDenied",
      "User: arn:aws:iam::123456789012:user/caller is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/absent",
    ],
    [
      "longer sessions than the role allows",
      () => ({ DurationSeconds: 7200 }),
      "ValidationError",
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    ],
    [
      "session names with blanks",
      () => ({ RoleSessionName: "a b" }),
      "ValidationError",
      "1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    ],
  ])("refuses %s", async (_name, changes, code, message) => {
    expect(await failureOf(assume(changes()))).toMatchObject({ code, message });
  });
});
