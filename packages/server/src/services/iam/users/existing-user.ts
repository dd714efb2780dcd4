import type { Directory } from "../directory/directory.ts";
import type { UserEntry } from "../directory/entries.ts";
import { noSuchUser } from "../errors.ts";

/** @throws AwsError `NoSuchEntity` */
export function existingUser(directory: Directory, name: string): UserEntry {
  const user = directory.user(name);
  if (user === undefined) {
    throw noSuchUser(name);
  }
  return user;
}
