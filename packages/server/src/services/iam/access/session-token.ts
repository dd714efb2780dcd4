import { createHmac, timingSafeEqual } from "node:crypto";

/** What a session is narrowed to. Managed policies stay ARNs, so that the token fits into a header. */
export interface SessionPolicies {
  readonly inline?: string;
  readonly arns: readonly string[];
}

/** Everything about a temporary credential; it travels in the token, so no session is stored. */
export interface SessionFacts {
  /** `ASIA…`. */
  readonly accessKeyId: string;
  readonly subject:
    | { readonly type: "role"; readonly roleName: string; readonly roleId: string; readonly sessionName: string }
    | { readonly type: "user"; readonly userName: string; readonly userId: string }
    | { readonly type: "root" };
  readonly sessionPolicies: SessionPolicies;
  /** Seconds since the epoch. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

const macLength = 32;
/** No genuine token comes near: session policies are limited to a few thousand characters. */
const longestToken = 16_384;

const mac = (key: Buffer, purpose: string, data: string | Buffer): Buffer =>
  createHmac("sha256", key).update(purpose).update(data).digest();

/** Makes and reads session tokens: base64 of a MAC and the facts as JSON. Tokens live as long as the key. */
export class SessionTokens {
  readonly #key: Buffer;

  /** `key` in hex; it must never leave the server. */
  constructor(key: string) {
    this.#key = Buffer.from(key, "hex");
  }

  seal(facts: SessionFacts): string {
    const payload = Buffer.from(JSON.stringify(facts));
    return Buffer.concat([mac(this.#key, "token:", payload), payload]).toString("base64");
  }

  /** Undefined for everything that `seal` did not make with this key. */
  open(token: string): SessionFacts | undefined {
    const bytes = token.length > longestToken ? Buffer.alloc(0) : Buffer.from(token, "base64");
    if (bytes.length <= macLength) {
      return undefined;
    }
    const payload = bytes.subarray(macLength);
    if (!timingSafeEqual(bytes.subarray(0, macLength), mac(this.#key, "token:", payload))) {
      return undefined;
    }
    return JSON.parse(payload.toString("utf8")) as SessionFacts;
  }

  /** The secret of a temporary access key: derived, so that it is in no token. 40 characters, as AWS's. */
  secretOf(accessKeyId: string): string {
    return mac(this.#key, "secret:", accessKeyId).toString("base64").slice(0, 40);
  }
}
