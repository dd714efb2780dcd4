import { lookup, type LookupAddress, type LookupOptions } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/**
 * Link-local ranges hold the metadata and credential services of cloud machines and containers: whoever may use the proxy
 * must not reach the credentials of the machine through it.
 */
const linkLocal = new BlockList();
linkLocal.addSubnet("169.254.0.0", 16, "ipv4");
linkLocal.addSubnet("fe80::", 10, "ipv6");
linkLocal.addSubnet("fd00:ec2::", 32, "ipv6");

/** Whether `host` is the literal address of a place the proxy never connects to. */
export function isForbiddenAddress(host: string): boolean {
  const family = isIP(host);
  return family !== 0 && linkLocal.check(host, family === 6 ? "ipv6" : "ipv4");
}

/** Name resolution that fails for names which lead to a forbidden address, checked on the very answer that is connected to. */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, options as LookupOptions, (error, address: string | LookupAddress[], family) => {
    const addresses = typeof address === "string" ? [address] : (address ?? []).map((entry) => entry.address);
    if (error === null && addresses.some(isForbiddenAddress)) {
      const refused: NodeJS.ErrnoException = new Error(`${hostname} leads to a link-local address`);
      refused.code = "EACCES";
      callback(refused, address, family);
      return;
    }
    callback(error, address, family);
  });
};
