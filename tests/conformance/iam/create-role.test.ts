import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateModelCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failureOf } from "../../support/failure-of.ts";
import { startServer, type ServerUnderTest } from "../../support/server.ts";

let server: ServerUnderTest;
let iam: IAMClient;
beforeAll(async () => {
  server = await startServer();
  iam = new IAMClient(options(server));
});
afterAll(() => server.stop());

function options({ accessKeyId, secretAccessKey }: { accessKeyId: string; secretAccessKey: string }) {
  return {
    endpoint: server.endpoint,
    region: server.region,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  };
}

const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
const trust = document({
  Effect: "Allow",
  Principal: { Service: "sagemaker.amazonaws.com" },
  Action: "sts:AssumeRole",
});
const everything = document({ Effect: "Allow", Action: "*", Resource: "*" });

describe("CreateRole", () => {
  it("makes a role that GetRole describes and nobody makes twice", async () => {
    const created = await iam.send(
      new CreateRoleCommand({
        RoleName: "Builder",
        Path: "/team/",
        AssumeRolePolicyDocument: trust,
        Description: "builds",
      }),
    );
    const facts = {
      RoleName: "Builder",
      Path: "/team/",
      Arn: `arn:aws:iam::${server.accountId}:role/team/Builder`,
      RoleId: expect.stringMatching(/^AROA[A-Z0-9]{17}$/),
      CreateDate: expect.any(Date),
      AssumeRolePolicyDocument: encodeURIComponent(trust),
    };
    expect(created.Role).toMatchObject(facts);
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: "Builder" }));
    expect(Role).toMatchObject({ ...facts, Description: "builds", MaxSessionDuration: 3600 });
    const again = new CreateRoleCommand({ RoleName: "builder", AssumeRolePolicyDocument: trust });
    expect(await failureOf(iam.send(again))).toMatchObject({
      code: "EntityAlreadyExistsException",
      status: 409,
      message: "Role with name builder already exists.",
    });
    const { Roles = [] } = await iam.send(new ListRolesCommand({ PathPrefix: "/team/" }));
    expect(Roles.map(({ RoleName }) => RoleName)).toEqual(["Builder"]);
  });

  it.each<readonly [string, object, string, unknown]>([
    [
      "a name with blanks",
      { RoleName: "a b" },
      "ValidationError",
      "1 validation error detected: Value 'a b' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
    ],
    [
      "a document that is none",
      { AssumeRolePolicyDocument: "{" },
      "MalformedPolicyDocumentException",
      expect.any(String),
    ],
    [
      "a trust policy with resources",
      {
        AssumeRolePolicyDocument: document({
          Effect: "Allow",
          Principal: "*",
          Action: "sts:AssumeRole",
          Resource: "*",
        }),
      },
      "MalformedPolicyDocumentException",
      "Has prohibited field Resource",
    ],
  ])("refuses %s", async (_name, changes, code, message) => {
    const request = { RoleName: "Refused", AssumeRolePolicyDocument: trust, ...changes };
    expect(await failureOf(iam.send(new CreateRoleCommand(request)))).toMatchObject({ code, status: 400, message });
  });

  it("has its policies, inline and managed, and cannot be deleted with them", async () => {
    const RoleName = "Policied";
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
    const PolicyArn = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess";
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "own", PolicyDocument: everything }));
    const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    expect(AttachedPolicies).toEqual([{ PolicyArn, PolicyName: "AmazonSageMakerFullAccess" }]);
    const inline = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: "own" }));
    expect(decodeURIComponent(inline.PolicyDocument ?? "")).toBe(everything);
    expect(await failureOf(iam.send(new DeleteRoleCommand({ RoleName })))).toMatchObject({
      code: "DeleteConflictException",
      status: 409,
      message: expect.stringMatching(/^Cannot delete entity, must (detach all|delete) policies first\.$/),
    });
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    expect(await failureOf(iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })))).toMatchObject({
      code: "NoSuchEntityException",
      status: 404,
    });
    for (const name of ["AmazonS3FullAccess", "AdministratorAccess", "service-role/AWSLambdaBasicExecutionRole"]) {
      const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: `arn:aws:iam::aws:policy/${name}` }));
      expect(Policy?.Arn).toBe(`arn:aws:iam::aws:policy/${name}`);
    }
  });

  it.each([
    ["role", () => iam.send(new GetRoleCommand({ RoleName: "absent" })), "The role with name absent cannot be found."],
    ["user", () => iam.send(new GetUserCommand({ UserName: "absent" })), "The user with name absent cannot be found."],
    [
      "policy",
      () => iam.send(new AttachRolePolicyCommand({ RoleName: "Builder", PolicyArn: "arn:aws:iam::aws:policy/Absent" })),
      "Policy arn:aws:iam::aws:policy/Absent does not exist or is not attachable.",
    ],
  ] as const)("is told that there is no such %s", async (_kind, call, message) => {
    expect(await failureOf(call())).toMatchObject({ code: "NoSuchEntityException", status: 404, message });
  });
});

describe("PassRole", () => {
  it("is needed to give a role to SageMaker, and only for that role", async () => {
    await iam.send(new CreateUserCommand({ UserName: "passer" }));
    const mayCreate = { Effect: "Allow", Action: "sagemaker:*", Resource: "*" };
    const put = (...statements: object[]): Promise<unknown> =>
      iam.send(
        new PutUserPolicyCommand({ UserName: "passer", PolicyName: "own", PolicyDocument: document(...statements) }),
      );
    await put(mayCreate);
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "passer" }));
    const keys = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
    const sagemaker = new SageMakerClient(options(keys));
    const ExecutionRoleArn = server.executionRoleArn;
    const Image = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1";
    const create = (): Promise<unknown> =>
      sagemaker.send(new CreateModelCommand({ ModelName: "passed", ExecutionRoleArn, PrimaryContainer: { Image } }));
    expect(await failureOf(create())).toMatchObject({
      code: "AccessDeniedException",
      message: `User: arn:aws:iam::${server.accountId}:user/passer is not authorized to perform: iam:PassRole on resource: ${ExecutionRoleArn} because no identity-based policy allows the iam:PassRole action`,
    });
    const condition = { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } };
    await put(mayCreate, { Effect: "Allow", Action: "iam:PassRole", Resource: ExecutionRoleArn, Condition: condition });
    await expect(create()).resolves.toMatchObject({ ModelArn: expect.stringMatching(/:model\/passed$/) });
  });
});
