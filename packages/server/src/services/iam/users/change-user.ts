import type { CallContext } from "../../operation.ts";
import type { IamDeps } from "../deps.ts";
import type { UserEntry } from "../directory/entries.ts";
import { existingUser } from "./existing-user.ts";

/** Reads, changes and writes a user with nothing in between. @throws AwsError `NoSuchEntity`, and what `change` throws */
export async function changeUser(
  deps: IamDeps,
  context: CallContext,
  name: string,
  change: (user: UserEntry) => UserEntry,
): Promise<void> {
  const { directory } = deps;
  await directory.exclusive(async () => {
    const user = existingUser(directory, name);
    const changed = change(user);
    if (changed !== user) {
      await directory.updateUser(changed, context.now);
    }
  });
}
