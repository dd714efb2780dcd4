import type { GivenKeys } from "../../../platform/policy/request-keys.ts";
import type { Authoriser, AuthorisationRequest } from "../../access.ts";
import type { Permission } from "../../operation.ts";
import { roleArn, userArn } from "../arns.ts";
import type { Directory } from "../directory/directory.ts";
import { callerKeys, requestKeys } from "./condition-keys.ts";
import type { Decider } from "./decide.ts";
import { accessDenied } from "./denied.ts";

const nameOnly = /^arn:aws:iam::\d{12}:(role|user)\/([^/]+)$/u;

/**
 * IAM's requests name roles and users without their path, which only the directory knows; policies name them with it.
 * A name that does not exist stays as it is.
 */
function withPath(permission: Permission, directory: Directory): Permission {
  const [, kind, name = ""] = permission.action.startsWith("iam:") ? (nameOnly.exec(permission.resource) ?? []) : [];
  const role = kind === "role" ? directory.role(name) : undefined;
  const user = kind === "user" ? directory.user(name) : undefined;
  if (role !== undefined) {
    return { ...permission, resource: roleArn(directory.account, role.path, role.roleName) };
  }
  if (user !== undefined) {
    return { ...permission, resource: userArn(directory.account, user.path, user.userName) };
  }
  return permission;
}

/** Decides about requests from memory; the only thing it may wait for is the resource's own policy. */
export class PolicyAuthoriser implements Authoriser {
  readonly #directory: Directory;
  readonly #decider: Decider;

  constructor(directory: Directory, decider: Decider) {
    this.#directory = directory;
    this.#decider = decider;
  }

  async authorise({ caller, permissions, context, resourcePolicy }: AuthorisationRequest): Promise<void> {
    if (permissions.length === 0) {
      return;
    }
    const keys = (): GivenKeys => ({ ...requestKeys(context), ...callerKeys(caller, this.#directory) });
    for (const permission of permissions) {
      const decision = this.#decider.decide({
        caller,
        permission: withPath(permission, this.#directory),
        keys,
        resourcePolicy: await resourcePolicy(permission.resource),
      });
      if (decision.effect !== "allow") {
        throw accessDenied(caller, permission, decision);
      }
    }
  }
}
