import { createHash } from "node:crypto";

/**
 * The account's canonical user id: 64 hex digits that stand for the account in lists and ACLs. AWS draws it at random; ours
 * follows from the account so that it never changes.
 */
export function canonicalUserId(account: string): string {
  return createHash("sha256").update(`canonical-user:${account}`).digest("hex");
}
