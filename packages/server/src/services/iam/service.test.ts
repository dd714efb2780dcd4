import { AwsError } from "@clary/wire";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededIds } from "../../platform/ids/seeded-ids.ts";
import type { Caller } from "../caller.ts";
import type { Service } from "../operation.ts";
import { iamService } from "./service.ts";
import { createTestUser } from "./testing/test-holders.ts";
import { testIdentity, type TestIdentity } from "./testing/test-identity.ts";

const account = "123456789012";
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "sagemaker.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const document = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" }],
});
const sageMakerPolicy = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess";

let test: TestIdentity;
let iam: Service;
beforeAll(async () => {
  test = await testIdentity();
  iam = iamService({ directory: test.identity.directory, ids: seededIds("iam") });
});
afterAll(() => test.close());

const call = (name: string, input: object, caller?: Caller): Promise<Record<string, unknown>> =>
  test.call(iam, name, input, caller);

/** What a call that must fail says: `code: message`. */
async function failure(name: string, input: object, caller?: Caller): Promise<string> {
  const answer: unknown = await call(name, input, caller).catch((error: unknown) => error);
  return answer instanceof AwsError ? `${answer.code}: ${answer.message}` : `answered ${JSON.stringify(answer)}`;
}

describe("roles", () => {
  it("are created, described and found again after a restart", async () => {
    const input = {
      RoleName: "Worker",
      Path: "/team/",
      AssumeRolePolicyDocument: trust,
      Description: "does the work",
      MaxSessionDuration: 7200,
      Tags: [{ Key: "team", Value: "blue" }],
    };
    const created = await call("CreateRole", input);
    const shape = {
      Path: "/team/",
      RoleName: "Worker",
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      Arn: `arn:aws:iam::${account}:role/team/Worker`,
      CreateDate: test.clock.now(),
      AssumeRolePolicyDocument: encodeURIComponent(trust),
      Description: "does the work",
      MaxSessionDuration: 7200,
      Tags: [{ Key: "team", Value: "blue" }],
    };
    expect(created["Role"]).toEqual(shape);
    expect(await call("GetRole", { RoleName: "Worker" })).toEqual({ Role: { ...shape, RoleLastUsed: {} } });
    const { identity } = await test.restart();
    expect(identity.directory.role("worker")).toEqual(test.identity.directory.role("Worker"));
  });

  it("answer documents percent-encoded, with the characters that encodeURIComponent leaves", async () => {
    const odd = JSON.stringify({ ...(JSON.parse(trust) as object), Id: "(it's)*!" });
    await call("CreateRole", { RoleName: "Odd", AssumeRolePolicyDocument: odd });
    const role = (await call("GetRole", { RoleName: "Odd" }))["Role"] as { AssumeRolePolicyDocument: string };
    expect(role.AssumeRolePolicyDocument).not.toMatch(/[!'()*]/);
    expect(decodeURIComponent(role.AssumeRolePolicyDocument)).toBe(odd);
  });

  it("say in AWS's words what is wrong", async () => {
    const named = { RoleName: "Worker", AssumeRolePolicyDocument: trust };
    const stranger = trust.replace(
      '"Service":"sagemaker.amazonaws.com"',
      `"AWS":"arn:aws:iam::${account}:role/nobody"`,
    );
    expect(await failure("GetRole", { RoleName: "x" })).toBe(
      "NoSuchEntityException: The role with name x cannot be found.",
    );
    expect(await failure("CreateRole", named)).toBe(
      "EntityAlreadyExistsException: Role with name Worker already exists.",
    );
    expect(await failure("CreateRole", { ...named, RoleName: "WORKER" })).toBe(
      "EntityAlreadyExistsException: Role with name WORKER already exists.",
    );
    expect(await failure("CreateRole", { RoleName: "x", AssumeRolePolicyDocument: "{" })).toBe(
      "MalformedPolicyDocumentException: This policy contains invalid Json",
    );
    expect(await failure("UpdateAssumeRolePolicy", { RoleName: "Worker", PolicyDocument: document })).toBe(
      "MalformedPolicyDocumentException: Missing required field Principal",
    );
    expect(await failure("CreateRole", { RoleName: "x", AssumeRolePolicyDocument: stranger })).toBe(
      `MalformedPolicyDocumentException: Invalid principal in policy: "AWS":"arn:aws:iam::${account}:role/nobody"`,
    );
    const boundary = `arn:aws:iam::${account}:policy/none`;
    expect(
      await failure("CreateRole", { RoleName: "x", AssumeRolePolicyDocument: trust, PermissionsBoundary: boundary }),
    ).toBe(`NoSuchEntityException: Policy ${boundary} does not exist or is not attachable.`);
  });

  it("are changed by UpdateRole and UpdateAssumeRolePolicy", async () => {
    const changed = trust.replace("sagemaker", "lambda");
    await call("UpdateRole", { RoleName: "Worker", Description: "rests" });
    await call("UpdateAssumeRolePolicy", { RoleName: "Worker", PolicyDocument: changed });
    expect((await call("GetRole", { RoleName: "Worker" }))["Role"]).toMatchObject({
      Description: "rests",
      MaxSessionDuration: 7200,
      AssumeRolePolicyDocument: encodeURIComponent(changed),
    });
  });

  it("carry managed policies", async () => {
    const attachment = { RoleName: "Worker", PolicyArn: sageMakerPolicy };
    await call("AttachRolePolicy", attachment);
    await call("AttachRolePolicy", attachment);
    expect(await call("ListAttachedRolePolicies", { RoleName: "Worker" })).toEqual({
      AttachedPolicies: [{ PolicyName: "AmazonSageMakerFullAccess", PolicyArn: sageMakerPolicy }],
      IsTruncated: false,
    });
    expect(await failure("AttachRolePolicy", { ...attachment, PolicyArn: "arn:aws:iam::aws:policy/None" })).toBe(
      "NoSuchEntityException: Policy arn:aws:iam::aws:policy/None does not exist or is not attachable.",
    );
    expect(await failure("DeleteRole", { RoleName: "Worker" })).toBe(
      "DeleteConflictException: Cannot delete entity, must detach all policies first.",
    );
    await call("DetachRolePolicy", attachment);
    expect(await failure("DetachRolePolicy", attachment)).toBe(
      `NoSuchEntityException: Policy ${sageMakerPolicy} was not found.`,
    );
  });

  it("carry inline policies", async () => {
    const named = { RoleName: "Worker", PolicyName: "read" };
    await call("PutRolePolicy", { ...named, PolicyDocument: document });
    expect(await call("GetRolePolicy", named)).toEqual({
      ...named,
      PolicyDocument: encodeURIComponent(document).replaceAll("*", "%2A"),
    });
    expect(await call("ListRolePolicies", { RoleName: "Worker" })).toEqual({
      PolicyNames: ["read"],
      IsTruncated: false,
    });
    expect(await failure("DeleteRole", { RoleName: "Worker" })).toBe(
      "DeleteConflictException: Cannot delete entity, must delete policies first.",
    );
    expect(await failure("PutRolePolicy", { ...named, PolicyDocument: trust })).toBe(
      "MalformedPolicyDocumentException: Policy document should not specify a principal.",
    );
    const large = document.replace("s3:GetObject", `s3:${"G".repeat(10_240)}`);
    expect(await failure("PutRolePolicy", { ...named, PolicyDocument: large })).toBe(
      "LimitExceededException: Maximum policy size of 10240 bytes exceeded for role Worker",
    );
    await call("DeleteRolePolicy", named);
    expect(await failure("GetRolePolicy", named)).toBe(
      "NoSuchEntityException: The role policy with name read cannot be found.",
    );
    expect(await failure("GetRolePolicy", { ...named, PolicyName: "constructor" })).toBe(
      "NoSuchEntityException: The role policy with name constructor cannot be found.",
    );
  });

  it("carry tags, whose keys are unique without regard to case", async () => {
    await call("TagRole", {
      RoleName: "Worker",
      Tags: [
        { Key: "Team", Value: "red" },
        { Key: "stage", Value: "test" },
      ],
    });
    expect(await call("ListRoleTags", { RoleName: "Worker" })).toEqual({
      Tags: [
        { Key: "stage", Value: "test" },
        { Key: "Team", Value: "red" },
      ],
      IsTruncated: false,
    });
    await call("UntagRole", { RoleName: "Worker", TagKeys: ["TEAM"] });
    expect((await call("ListRoleTags", { RoleName: "Worker" }))["Tags"]).toEqual([{ Key: "stage", Value: "test" }]);
    const many = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: "" }));
    expect(await failure("TagRole", { RoleName: "Worker", Tags: many })).toBe(
      "LimitExceededException: Cannot exceed quota for TagsPerResource: 50",
    );
  });

  it("go when nothing hangs on them", async () => {
    await call("DeleteRole", { RoleName: "Worker" });
    expect(await failure("GetRole", { RoleName: "Worker" })).toBe(
      "NoSuchEntityException: The role with name Worker cannot be found.",
    );
  });

  it("are listed by name, page by page, under a path", async () => {
    for (const RoleName of ["b", "C", "a", "d"]) {
      await call("CreateRole", { RoleName, Path: "/list/", AssumeRolePolicyDocument: trust });
    }
    const names: unknown[] = [];
    let Marker: string | undefined;
    do {
      const input = { PathPrefix: "/list/", MaxItems: 3, ...(Marker === undefined ? {} : { Marker }) };
      const page = await call("ListRoles", input);
      names.push((page["Roles"] as { RoleName: string }[]).map(({ RoleName }) => RoleName));
      Marker = page["Marker"] as string | undefined;
      expect(page["IsTruncated"]).toBe(Marker !== undefined);
    } while (Marker !== undefined);
    expect(names).toEqual([["a", "b", "C"], ["d"]]);
    expect(await failure("ListRoles", { Marker: "no marker!" })).toBe("ValidationError: Invalid Marker.");
  });
});

describe("users and their keys", () => {
  it("are created, described and deleted", async () => {
    const { User } = await call("CreateUser", { UserName: "carol", Tags: [{ Key: "a", Value: "b" }] });
    expect(User).toEqual({
      Path: "/",
      UserName: "carol",
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
      Arn: `arn:aws:iam::${account}:user/carol`,
      CreateDate: test.clock.now(),
      Tags: [{ Key: "a", Value: "b" }],
    });
    expect(await call("GetUser", { UserName: "Carol" })).toEqual({ User });
    expect(await failure("CreateUser", { UserName: "carol" })).toBe(
      "EntityAlreadyExistsException: User with name carol already exists.",
    );
    expect(await failure("GetUser", { UserName: "dave" })).toBe(
      "NoSuchEntityException: The user with name dave cannot be found.",
    );
  });

  it("sign with keys that can be set inactive and deleted", async () => {
    const { AccessKey } = await call("CreateAccessKey", { UserName: "carol" });
    const key = AccessKey as { AccessKeyId: string; SecretAccessKey: string };
    expect(key).toEqual({
      UserName: "carol",
      AccessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
      SecretAccessKey: expect.stringMatching(/^.{40}$/),
      Status: "Active",
      CreateDate: test.clock.now(),
    });
    const { credentials } = test.identity;
    expect(await credentials.find(key.AccessKeyId)).toMatchObject({
      secretAccessKey: key.SecretAccessKey,
      active: true,
      caller: { type: "user", userName: "carol", arn: `arn:aws:iam::${account}:user/carol` },
    });
    await call("UpdateAccessKey", { UserName: "carol", AccessKeyId: key.AccessKeyId, Status: "Inactive" });
    expect(await credentials.find(key.AccessKeyId)).toMatchObject({ active: false });
    const { AccessKeyMetadata } = await call("ListAccessKeys", { UserName: "carol" });
    expect(AccessKeyMetadata).toEqual([
      { UserName: "carol", AccessKeyId: key.AccessKeyId, Status: "Inactive", CreateDate: test.clock.now() },
    ]);
    expect(await failure("DeleteUser", { UserName: "carol" })).toBe(
      "DeleteConflictException: Cannot delete entity, must delete access keys first.",
    );
    expect(await failure("DeleteAccessKey", { UserName: "carol", AccessKeyId: "AKIANONE" })).toBe(
      "NoSuchEntityException: The Access Key with id AKIANONE cannot be found.",
    );
    await call("DeleteAccessKey", { UserName: "carol", AccessKeyId: key.AccessKeyId });
    expect(await credentials.find(key.AccessKeyId)).toBeUndefined();
  });

  it("have two keys at most, also when they are asked for at once", async () => {
    const asked = await Promise.allSettled([1, 2, 3].map(() => call("CreateAccessKey", { UserName: "carol" })));
    expect(asked.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(await failure("CreateAccessKey", { UserName: "carol" })).toBe(
      "LimitExceededException: Cannot exceed quota for AccessKeysPerUser: 2",
    );
  });

  it("are the caller where no name is given", async () => {
    const alice = await createTestUser(test, "alice", {
      inline: [{ Effect: "Allow", Action: "iam:*", Resource: "*" }],
    });
    expect((await call("GetUser", {}, alice))["User"]).toMatchObject({ UserName: "alice" });
    expect((await call("CreateAccessKey", {}, alice))["AccessKey"]).toMatchObject({ UserName: "alice" });
    expect((await call("GetUser", {}))["User"]).toMatchObject({ UserId: account, Arn: `arn:aws:iam::${account}:root` });
    expect(await failure("ListAccessKeys", {})).toBe(
      "ValidationError: Must specify userName when calling with non-User credentials",
    );
  });

  it("carry policies as roles do", async () => {
    const named = { UserName: "carol", PolicyName: "read" };
    await call("PutUserPolicy", { ...named, PolicyDocument: document });
    await call("AttachUserPolicy", { UserName: "carol", PolicyArn: sageMakerPolicy });
    expect((await call("ListUserPolicies", { UserName: "carol" }))["PolicyNames"]).toEqual(["read"]);
    expect((await call("ListAttachedUserPolicies", { UserName: "carol" }))["AttachedPolicies"]).toHaveLength(1);
    expect(
      await failure("PutUserPolicy", {
        ...named,
        PolicyDocument: document.replace("s3:GetObject", `s3:${"G".repeat(2048)}`),
      }),
    ).toBe("LimitExceededException: Maximum policy size of 2048 bytes exceeded for user carol");
    await call("DetachUserPolicy", { UserName: "carol", PolicyArn: sageMakerPolicy });
    await call("DeleteUserPolicy", named);
    expect(await failure("DeleteUserPolicy", named)).toBe(
      "NoSuchEntityException: The user policy with name read cannot be found.",
    );
  });
});

describe("managed policies", () => {
  const arn = `arn:aws:iam::${account}:policy/own/readers`;

  it("are created, described and deleted", async () => {
    const input = { PolicyName: "readers", Path: "/own/", PolicyDocument: document, Description: "may read" };
    const created = await call("CreatePolicy", input);
    expect(created["Policy"]).toEqual({
      PolicyName: "readers",
      PolicyId: expect.stringMatching(/^ANPA[A-Z2-7]{17}$/),
      Arn: arn,
      Path: "/own/",
      DefaultVersionId: "v1",
      AttachmentCount: 0,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      CreateDate: test.clock.now(),
      UpdateDate: test.clock.now(),
    });
    expect((await call("GetPolicy", { PolicyArn: arn }))["Policy"]).toMatchObject({ Description: "may read" });
    const version = await call("GetPolicyVersion", { PolicyArn: arn, VersionId: "v1" });
    expect(version["PolicyVersion"]).toMatchObject({ VersionId: "v1", IsDefaultVersion: true });
    expect(await failure("GetPolicyVersion", { PolicyArn: arn, VersionId: "v2" })).toBe(
      `NoSuchEntityException: Policy ${arn} version v2 does not exist or is not attachable.`,
    );
  });

  it("say in AWS's words what is wrong", async () => {
    expect(await failure("CreatePolicy", { PolicyName: "Readers", PolicyDocument: document })).toBe(
      "EntityAlreadyExistsException: A policy called Readers already exists. Duplicate names are not allowed.",
    );
    expect(
      await failure("CreatePolicy", {
        PolicyName: "old",
        PolicyDocument: document.replace("2012-10-17", "2008-10-17"),
      }),
    ).toBe("MalformedPolicyDocumentException: Policy document must be version 2012-10-17 or greater.");
    expect(
      await failure("CreatePolicy", {
        PolicyName: "big",
        PolicyDocument: document.replace("s3:GetObject", `s3:${"G".repeat(6144)}`),
      }),
    ).toBe("LimitExceededException: Cannot exceed quota for PolicySize: 6144");
    expect(await failure("GetPolicy", { PolicyArn: `${arn}x` })).toBe(
      `NoSuchEntityException: Policy ${arn}x was not found.`,
    );
    expect(await failure("DeletePolicy", { PolicyArn: sageMakerPolicy })).toBe(
      "AccessDenied: Policy is outside your own account.",
    );
  });

  it("stay while they are attached", async () => {
    await call("AttachUserPolicy", { UserName: "carol", PolicyArn: arn });
    expect((await call("GetPolicy", { PolicyArn: arn }))["Policy"]).toMatchObject({ AttachmentCount: 1 });
    expect(await failure("DeletePolicy", { PolicyArn: arn })).toBe(
      "DeleteConflictException: Cannot delete a policy attached to entities.",
    );
    const attached = await call("ListPolicies", { Scope: "Local", OnlyAttached: true, PathPrefix: "/own/" });
    expect(attached["Policies"]).toMatchObject([{ Arn: arn }]);
    await call("DetachUserPolicy", { UserName: "carol", PolicyArn: arn });
    await call("DeletePolicy", { PolicyArn: arn });
    expect(await failure("GetPolicy", { PolicyArn: arn })).toBe(`NoSuchEntityException: Policy ${arn} was not found.`);
  });

  it("are listed with AWS's own", async () => {
    const names = (await call("ListPolicies", { Scope: "AWS" }))["Policies"] as { PolicyName: string }[];
    expect(names.map(({ PolicyName }) => PolicyName)).toEqual([
      "AdministratorAccess",
      "AmazonS3FullAccess",
      "AmazonSageMakerFullAccess",
      "AWSLambdaBasicExecutionRole",
    ]);
  });
});

it("lets users in only where their policies allow", async () => {
  const alice = await createTestUser(test, "alice", {});
  expect(await failure("CreateRole", { RoleName: "x", AssumeRolePolicyDocument: trust }, alice)).toBe(
    `AccessDenied: User: arn:aws:iam::${account}:user/alice is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::${account}:role/x because no identity-based policy allows the iam:CreateRole action`,
  );
});

it("counts what there is in the account", async () => {
  const { SummaryMap } = await call("GetAccountSummary", {});
  const { directory } = test.identity;
  expect(SummaryMap).toMatchObject({ Users: directory.users.size, Roles: directory.roles.size, UsersQuota: 5000 });
});
