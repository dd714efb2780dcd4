import { timingSafeEqual } from "node:crypto";
import type { Credential, Credentials } from "../../services/access.ts";
import type { AuthErrors } from "./auth-errors.ts";

/** The key that a request names, and the token it shows. */
export interface ClaimedKey {
  readonly accessKeyId: string;
  readonly securityToken: string | undefined;
}

/**
 * The credential behind a key that is known, active and shown with its own token, or with none where it has none.
 * @throws AwsError in the family's words.
 */
export async function findCredential(
  credentials: Credentials,
  { accessKeyId, securityToken }: ClaimedKey,
  errors: AuthErrors,
): Promise<Credential> {
  const found = credentials.find(accessKeyId, securityToken);
  const credential = found instanceof Promise ? await found : found;
  if (credential === undefined || !credential.active) {
    throw securityToken === undefined ? errors.unknownKey(accessKeyId) : errors.invalidToken();
  }
  if (!sameToken(credential.sessionToken ?? "", securityToken ?? "")) {
    throw errors.invalidToken();
  }
  return credential;
}

/** Asked after the signature: only who holds the secret learns that it is too late for it. @throws AwsError ExpiredToken */
export function refuseExpired({ expiration }: Credential, now: Date, errors: AuthErrors): void {
  if (expiration !== undefined && expiration <= now) {
    throw errors.expiredToken();
  }
}

function sameToken(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
