import type { Role } from "@aws-sdk/client-iam";
import { roleArn } from "../arns.ts";
import type { RoleEntry } from "../directory/entries.ts";
import { tagList } from "../directory/tags.ts";
import { encodeDocument } from "../encode-document.ts";
import { boundaryShape } from "../holders/boundary-shape.ts";

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
  return {
    ...roleSummary(account, role),
    ...(Object.keys(role.tags).length === 0 ? {} : { Tags: tagList(role.tags) }),
    ...boundaryShape(role),
    RoleLastUsed: {},
  };
}
