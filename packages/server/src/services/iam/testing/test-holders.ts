import type { Caller } from "../../caller.ts";
import { assumedRoleArn, roleArn, userArn } from "../arns.ts";
import type { RoleEntry, UserEntry } from "../directory/entries.ts";
import { testStart, type TestIdentity } from "./test-identity.ts";

export interface HolderOptions {
  readonly path?: string;
  readonly inline?: readonly object[];
  readonly attached?: readonly string[];
  readonly boundary?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

function held({ inline, attached, boundary, tags, path }: HolderOptions) {
  const document = JSON.stringify({ Version: "2012-10-17", Statement: inline });
  return {
    path: path ?? "/",
    createdAt: testStart,
    tags: tags ?? {},
    inlinePolicies: inline === undefined ? {} : { inline: document },
    attachedPolicies: attached ?? [],
    ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
  };
}

/** Puts a user into the directory, in the place of one that has its name, and answers it as a caller. */
export async function createTestUser(
  { identity }: TestIdentity,
  userName: string,
  options: HolderOptions,
): Promise<Extract<Caller, { type: "user" }>> {
  const user: UserEntry = { userName, userId: `AIDA${userName.toUpperCase()}`, ...held(options) };
  await identity.directory.users.delete(userName.toLowerCase());
  await identity.directory.createUser(user);
  const { account } = identity;
  return { type: "user", account, arn: userArn(account, user.path, userName), userId: user.userId, userName };
}

/** Puts a role into the directory and answers a session of it as a caller. Without `trust`, SageMaker may assume it. */
export async function createTestRole(
  { identity }: TestIdentity,
  roleName: string,
  options: HolderOptions & { readonly trust?: object },
): Promise<Extract<Caller, { type: "assumed-role" }>> {
  const trust = options.trust ?? {
    Effect: "Allow",
    Principal: { Service: "sagemaker.amazonaws.com" },
    Action: "sts:AssumeRole",
  };
  const role: RoleEntry = {
    roleName,
    roleId: `AROA${roleName.toUpperCase()}`,
    trustPolicy: JSON.stringify({ Version: "2012-10-17", Statement: trust }),
    maxSessionSeconds: 7200,
    ...held(options),
  };
  await identity.directory.roles.delete(roleName.toLowerCase());
  await identity.directory.createRole(role);
  const { account } = identity;
  return {
    type: "assumed-role",
    account,
    arn: assumedRoleArn(account, roleName, "test"),
    userId: `${role.roleId}:test`,
    roleArn: roleArn(account, role.path, roleName),
    roleName,
    sessionName: "test",
    sessionPolicies: [],
  };
}
