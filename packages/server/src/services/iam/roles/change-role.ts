import type { CallContext } from "../../operation.ts";
import type { IamDeps } from "../deps.ts";
import type { RoleEntry } from "../directory/entries.ts";
import { existingRole } from "./existing-role.ts";

/** Reads, changes and writes a role with nothing in between. @throws AwsError `NoSuchEntity`, and what `change` throws */
export async function changeRole(
  deps: IamDeps,
  context: CallContext,
  name: string,
  change: (role: RoleEntry) => RoleEntry,
): Promise<void> {
  const { directory } = deps;
  await directory.exclusive(async () => {
    const role = existingRole(directory, name);
    const changed = change(role);
    if (changed !== role) {
      await directory.updateRole(changed, context.now);
    }
  });
}
