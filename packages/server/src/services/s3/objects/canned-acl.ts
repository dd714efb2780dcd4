import { aclNotSupported } from "../errors.ts";

interface AclMembers {
  readonly ACL?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
}

/** The canned lists that say what is so anyway: the owner has full control. */
const harmless: ReadonlySet<string | undefined> = new Set([undefined, "private", "bucket-owner-full-control"]);

/**
 * Buckets are made with ACLs disabled (`BucketOwnerEnforced`), as AWS makes them since April 2023.
 * @throws AccessControlListNotSupported for every ACL that would grant something.
 */
export function refuseAcl(input: AclMembers): void {
  const grants = [input.GrantFullControl, input.GrantRead, input.GrantReadACP, input.GrantWriteACP];
  if (!harmless.has(input.ACL) || grants.some((grant) => grant !== undefined)) {
    throw aclNotSupported();
  }
}
