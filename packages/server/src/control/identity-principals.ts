import type { Identity } from "../services/iam/index.ts";
import type { ContainerCredentials, Principals } from "./principal.ts";

/** Long enough that a notebook renews rarely, short enough that a leaked one dies. */
const lifetimeSeconds = 3600;

/** Principals of the account. A role session is called `SageMaker`, as in AWS's notebooks. */
export function identityPrincipals(identity: Identity, executionRoleArn: string): Principals {
  const roleName = executionRoleArn.slice(executionRoleArn.lastIndexOf("/") + 1);
  return {
    credentials(principal) {
      const subject = subjectOf(identity, principal, roleName);
      return subject === undefined ? undefined : toContainerForm(identity.sessions.issue(subject, lifetimeSeconds));
    },
  };
}

type Subject = Parameters<Identity["sessions"]["issue"]>[0];

function subjectOf({ directory }: Identity, principal: string, roleName: string): Subject | undefined {
  if (principal === "root") {
    return { type: "root" };
  }
  if (principal === "role") {
    const role = directory.role(roleName);
    return role && { type: "role", roleName: role.roleName, roleId: role.roleId, sessionName: "SageMaker" };
  }
  const user = directory.user(principal);
  return user && { type: "user", userName: user.userName, userId: user.userId };
}

function toContainerForm(issued: ReturnType<Identity["sessions"]["issue"]>): ContainerCredentials {
  return {
    AccessKeyId: issued.accessKeyId,
    SecretAccessKey: issued.secretAccessKey,
    Token: issued.sessionToken,
    Expiration: issued.expiration.toISOString(),
  };
}
