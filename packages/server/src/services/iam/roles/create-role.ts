import type { InputOf, Operation } from "../../operation.ts";
import { roleArn } from "../arns.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import type { RoleEntry } from "../directory/entries.ts";
import { tagsFrom } from "../directory/tags.ts";
import { alreadyExists, limitExceeded, noSuchPolicy } from "../errors.ts";
import { boundaryKey, requestTagKeys } from "../named-permission.ts";
import { checkTrustPolicy } from "../read-document.ts";
import { roleShape } from "./role-shape.ts";
import { quotas } from "../quotas.ts";

const defaultSessionSeconds = 3600;

function newRole(input: InputOf<IamApi, "CreateRole">, now: Date, { ids }: IamDeps): RoleEntry {
  return {
    roleName: input.RoleName,
    roleId: `AROA${ids.base32(17)}`,
    path: input.Path ?? "/",
    createdAt: now,
    trustPolicy: input.AssumeRolePolicyDocument,
    maxSessionSeconds: input.MaxSessionDuration ?? defaultSessionSeconds,
    tags: tagsFrom(input.Tags),
    inlinePolicies: {},
    attachedPolicies: [],
    ...(input.Description === undefined ? {} : { description: input.Description }),
    ...(input.PermissionsBoundary === undefined ? {} : { permissionsBoundary: input.PermissionsBoundary }),
  };
}

export const createRole: Operation<IamApi, "CreateRole", IamDeps> = {
  name: "CreateRole",

  permissions(input, { scope }) {
    return [
      {
        action: "iam:CreateRole",
        resource: roleArn(scope.account, input.Path ?? "/", input.RoleName),
        conditionKeys: { ...requestTagKeys(input.Tags), ...boundaryKey(input.PermissionsBoundary) },
      },
    ];
  },

  async run(input, { scope, now }, deps) {
    const { directory } = deps;
    return directory.exclusive(async () => {
      checkTrustPolicy(input.AssumeRolePolicyDocument, directory);
      if (input.PermissionsBoundary !== undefined && directory.policy(input.PermissionsBoundary) === undefined) {
        throw noSuchPolicy(input.PermissionsBoundary);
      }
      if (directory.role(input.RoleName) !== undefined) {
        throw alreadyExists("Role", input.RoleName);
      }
      if (directory.roles.size >= quotas.roles) {
        throw limitExceeded("RolesPerAccount", quotas.roles);
      }
      const role = newRole(input, now, deps);
      await directory.createRole(role);
      const { RoleLastUsed: _neverUsed, ...shape } = roleShape(scope.account, role);
      return { Role: shape };
    });
  },
};
