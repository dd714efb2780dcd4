import { createHmac } from "node:crypto";
import { SCOPE_TERMINATOR, type Signature } from "./signature.ts";

/** What a signing key is derived for, beside the secret. */
export type KeyScope = Pick<Signature, "accessKeyId" | "date" | "region" | "service">;

interface CachedKey {
  readonly secret: string;
  readonly key: Buffer;
}

/** Keys change daily and per service and region; a server sees few at a time. */
const MAX_KEYS = 1000;
const keys = new Map<string, CachedKey>();

/** The signing key of a scope. Derivation takes as long as all the rest of a verification, so keys are remembered. */
export function signingKey(secret: string, { accessKeyId, date, region, service }: KeyScope): Buffer {
  const id = `${accessKeyId}/${date}/${region}/${service}`;
  const known = keys.get(id);
  if (known !== undefined && known.secret === secret) {
    return known.key;
  }
  const key = derive(secret, [date, region, service, SCOPE_TERMINATOR]);
  if (keys.size >= MAX_KEYS) {
    forgetOldest();
  }
  keys.set(id, { secret, key });
  return key;
}

function derive(secret: string, parts: readonly string[]): Buffer {
  let key: string | Buffer = `AWS4${secret}`;
  for (const part of parts) {
    key = createHmac("sha256", key).update(part).digest();
  }
  return key as Buffer;
}

function forgetOldest(): void {
  const [oldest] = keys.keys();
  if (oldest !== undefined) {
    keys.delete(oldest);
  }
}
