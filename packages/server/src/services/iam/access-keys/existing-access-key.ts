import type { Directory } from "../directory/directory.ts";
import type { AccessKeyEntry } from "../directory/entries.ts";
import { noSuchAccessKey } from "../errors.ts";
import { existingUser } from "../users/existing-user.ts";

/** The key of this user. @throws AwsError `NoSuchEntity` when the user has no such key, whoever else may have it */
export function existingAccessKey(directory: Directory, userName: string, accessKeyId: string): AccessKeyEntry {
  const user = existingUser(directory, userName);
  const key = directory.accessKeys.get(accessKeyId);
  if (key === undefined || key.userName !== user.userName) {
    throw noSuchAccessKey(accessKeyId);
  }
  return key;
}
