/** Where a proxied connection wants to go. */
export interface Destination {
  /** Lower case, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
}

/** Reads `host:port` or `[ipv6]:port`. Undefined when it is neither. */
export function parseDestination(authority: string, defaultPort?: number): Destination | undefined {
  const [, bracketed, plain, digits] = /^(?:\[([0-9A-Fa-f:.]+)\]|([^\s:/@[\]]+))(?::(\d{1,5}))?$/.exec(authority) ?? [];
  const host = (bracketed ?? plain)?.toLowerCase().replace(/\.$/, "");
  const port = digits === undefined ? defaultPort : Number(digits);
  if (host === undefined || host === "" || port === undefined || port < 1 || port > 65_535) {
    return undefined;
  }
  return { host, port };
}
