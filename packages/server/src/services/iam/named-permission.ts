import type { Permission } from "../operation.ts";
import { roleArn, userArn } from "./arns.ts";
import type { WireTag } from "./directory/tags.ts";

type Keys = NonNullable<Permission["conditionKeys"]>;

/**
 * For operations that name a role without its path: the decision is made on the role's whole ARN, which the authoriser
 * looks up.
 */
export function onRole(action: string, account: string, roleName: string, conditionKeys: Keys = {}): Permission[] {
  return [{ action: `iam:${action}`, resource: roleArn(account, "/", roleName), conditionKeys }];
}

/** As `onRole`, for users. */
export function onUser(action: string, account: string, userName: string, conditionKeys: Keys = {}): Permission[] {
  return [{ action: `iam:${action}`, resource: userArn(account, "/", userName), conditionKeys }];
}

/** The keys by which policies judge tags that a request sets. */
export function requestTagKeys(tags: readonly WireTag[] | undefined): Keys {
  if (tags === undefined || tags.length === 0) {
    return {};
  }
  const values = tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, [Value]] as const);
  return { ...Object.fromEntries(values), "aws:TagKeys": tags.map(({ Key }) => Key) };
}

export function boundaryKey(arn: string | undefined): Keys {
  return arn === undefined ? {} : { "iam:PermissionsBoundary": [arn] };
}
