import { canonicalUserId } from "./owner.ts";

interface FullControl {
  readonly Owner: { readonly ID: string };
  readonly Grants: {
    readonly Grantee: { readonly ID: string; readonly Type: "CanonicalUser" };
    readonly Permission: "FULL_CONTROL";
  }[];
}

/** The one access control list there is while ACLs are disabled: the owner has full control. */
export function fullControl(account: string): FullControl {
  const ID = canonicalUserId(account);
  return { Owner: { ID }, Grants: [{ Grantee: { ID, Type: "CanonicalUser" }, Permission: "FULL_CONTROL" }] };
}
