import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Tokens by which one program fetches the credentials of one principal. A token is the principal and its MAC under a key of
 * the data directory: a notebook that runs for days goes on after a restart of the server, and nothing is remembered.
 */
export class CredentialTokens {
  readonly #key: Uint8Array;

  /** @param key At least 32 secret bytes. */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  issue(principal: string): string {
    return `${Buffer.from(principal).toString("base64url")}.${this.#mac(principal).toString("base64url")}`;
  }

  /** The principal of a genuine token, undefined for anything else. */
  principalOf(token: string): string | undefined {
    const [name = "", mac = ""] = token.split(".");
    const principal = Buffer.from(name, "base64url").toString();
    const given = Buffer.from(mac, "base64url");
    const wanted = this.#mac(principal);
    return given.length === wanted.length && timingSafeEqual(given, wanted) ? principal : undefined;
  }

  #mac(principal: string): Buffer {
    return createHmac("sha256", this.#key).update(`clary-credentials:${principal}`).digest();
  }
}
