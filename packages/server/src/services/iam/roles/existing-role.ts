import type { Directory } from "../directory/directory.ts";
import type { RoleEntry } from "../directory/entries.ts";
import { noSuchRole } from "../errors.ts";

/** @throws AwsError `NoSuchEntity` */
export function existingRole(directory: Directory, name: string): RoleEntry {
  const role = directory.role(name);
  if (role === undefined) {
    throw noSuchRole(name);
  }
  return role;
}
