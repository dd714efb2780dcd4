import type { Role } from "@aws-sdk/client-iam";
import { roleArn } from "../arns.ts";
import type { RoleEntry } from "../directory/entries.ts";
import { tagList } from "../directory/tags.ts";

/** IAM answers documents percent-encoded, as RFC 3986 has it. */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replaceAll(
    /[!'()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A role as listings answer it. */
export function roleSummary(account: string, role: RoleEntry): Role {
  return {
    Path: role.path,
    RoleName: role.roleName,
    RoleId: role.roleId,
    Arn: roleArn(account, role.path, role.roleName),
    CreateDate: role.createdAt,
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    MaxSessionDuration: role.maxSessionSeconds,
    ...(role.description === undefined ? {} : { Description: role.description }),
  };
}

/** A role by itself, with its tags and boundary. */
export function roleShape(account: string, role: RoleEntry): Role {
  const { permissionsBoundary } = role;
  return {
    ...roleSummary(account, role),
    ...(Object.keys(role.tags).length === 0 ? {} : { Tags: tagList(role.tags) }),
    ...(permissionsBoundary === undefined
      ? {}
      : {
          PermissionsBoundary: {
            PermissionsBoundaryType: "PermissionsBoundaryPolicy" as const,
            PermissionsBoundaryArn: permissionsBoundary,
          },
        }),
    RoleLastUsed: {},
  };
}
