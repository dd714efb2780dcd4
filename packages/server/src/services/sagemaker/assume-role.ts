import type { Permission } from "../operation.ts";
import type { Roles, RoleSession } from "./deps.ts";
import { cannotAssumeRole } from "./errors.ts";

const service = "sagemaker.amazonaws.com";

/**
 * A session of a role that SageMaker works with.
 * @throws AwsError `ValidationException` when the role does not exist or does not trust SageMaker.
 */
export async function assumeRole(roles: Roles, roleArn: string): Promise<RoleSession> {
  const session = await roles.assume(roleArn, service, "SageMaker");
  if (session === undefined) {
    throw cannotAssumeRole(roleArn);
  }
  return session;
}

/** Whoever hands a role to SageMaker must be allowed to pass it. */
export function passRole(roleArn: string): Permission {
  return { action: "iam:PassRole", resource: roleArn, conditionKeys: { "iam:PassedToService": [service] } };
}
