import type { CertificateAuthority } from "./certificate-authority.ts";
import type { ProxyTokens } from "./proxy-tokens.ts";
import type { UpstreamProxy } from "./upstream-proxy.ts";

/** What the proxy stands on. */
export interface ProxyDeps {
  /** Asked at the first connection to a host of AWS. */
  readonly authority: () => Promise<CertificateAuthority>;
  readonly tokens: ProxyTokens;
  /** Tunnels to other hosts exist only when this is true: on servers that listen on a loopback address alone. */
  readonly tunnels: boolean;
  readonly upstream?: UpstreamProxy | undefined;
}
