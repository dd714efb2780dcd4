import type { Destination } from "./destination.ts";

/** The proxy that was set before ours, as its variables said. */
export interface UpstreamProxy {
  /** `HTTPS_PROXY`: the way to other hosts through CONNECT. */
  readonly https?: URL;
  /** `HTTP_PROXY`: the way to other hosts in the clear. */
  readonly http?: URL;
  /** `NO_PROXY`: names, suffixes and addresses that are reached without it. */
  readonly noProxy: readonly string[];
}

/**
 * Whether `NO_PROXY` names the destination: `*`, the host, a parent domain (with or without a leading dot or `*.`), each
 * with an optional port. Address ranges are not understood, as in curl before 7.86.
 */
export function goesDirect(noProxy: readonly string[], { host, port }: Destination): boolean {
  return noProxy.some((raw) => {
    const entry = raw.trim().toLowerCase();
    const [, pattern = entry, onlyPort] = /^(.*?[^:]):(\d+)$/.exec(entry) ?? [];
    if (onlyPort !== undefined && Number(onlyPort) !== port) {
      return false;
    }
    const domain = pattern.replace(/^\*?\./, "").replace(/^\[(.*)\]$/, "$1");
    return pattern === "*" || (domain !== "" && (host === domain || host.endsWith(`.${domain}`)));
  });
}

/** `Proxy-Authorization` for a proxy address that names a user; undefined for one that does not. */
export function proxyCredentials(proxy: URL): string | undefined {
  if (proxy.username === "") {
    return undefined;
  }
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}
