import { createHmac, timingSafeEqual } from "node:crypto";

/** User name and password of one program's `HTTPS_PROXY` address. */
export interface ProxyToken {
  readonly username: string;
  readonly password: string;
}

/**
 * Who may tunnel. A token is its name and the name's MAC under a key of the data directory, so a program started before a
 * restart of the server can go on after it, and nothing needs to be remembered.
 */
export interface ProxyTokens {
  /** @param name What the token is for, unique to it; letters, digits and `-`. */
  issue(name: string): ProxyToken;
  /** Whether a `Proxy-Authorization` header carries a token that was issued. */
  accepts(header: string | undefined): boolean;
}

/** @param key At least 32 secret bytes. */
export function createProxyTokens(key: Uint8Array): ProxyTokens {
  const mac = (name: string): Buffer => createHmac("sha256", key).update(`clary-proxy:${name}`).digest();

  return {
    issue: (name) => ({ username: name, password: mac(name).toString("hex") }),
    accepts(header) {
      const [, encoded] = /^basic +([A-Za-z0-9+/=]+)$/i.exec(header ?? "") ?? [];
      const [, name, password] = /^([A-Za-z0-9-]{1,64}):([0-9a-f]{64})$/.exec(decode(encoded)) ?? [];
      return name !== undefined && password !== undefined && timingSafeEqual(Buffer.from(password, "hex"), mac(name));
    },
  };
}

function decode(base64: string | undefined): string {
  return Buffer.from(base64 ?? "", "base64").toString("utf8");
}
