import type { AssumableRole, AssumableRoles } from "../../sts/deps.ts";
import { parseRoleArn, roleArn } from "../arns.ts";
import type { Directory } from "../directory/directory.ts";
import type { RoleEntry } from "../directory/entries.ts";

/** The role of this whole ARN, path included. */
export function roleByArn(directory: Directory, arn: string): RoleEntry | undefined {
  const role = directory.role(parseRoleArn(arn)?.name ?? "");
  return role !== undefined && roleArn(directory.account, role.path, role.roleName) === arn ? role : undefined;
}

/** The directory as STS sees it. */
export class KnownRoles implements AssumableRoles {
  readonly #directory: Directory;

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  role(arn: string): AssumableRole | undefined {
    return roleByArn(this.#directory, arn);
  }

  policyExists(arn: string): boolean {
    return this.#directory.policy(arn) !== undefined;
  }
}
