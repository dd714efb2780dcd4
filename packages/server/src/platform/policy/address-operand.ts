import { BlockList, isIP } from "node:net";
import { MalformedPolicyError } from "./malformed-policy-error.ts";
import type { Operand } from "./operand.ts";
import { compileText } from "./pattern.ts";

const familyOf = (address: string): "ipv4" | "ipv6" | undefined =>
  ({ 0: undefined, 4: "ipv4", 6: "ipv6" } as const)[isIP(address) as 0 | 4 | 6];

/** The addresses of `203.0.113.0/24`, `2001:db8::/32` or of a single address. */
function readRange(text: string): BlockList | undefined {
  const [address = "", length, ...rest] = text.split("/");
  const family = familyOf(address);
  const bits = family === "ipv4" ? 32 : 128;
  const prefix = length === undefined ? bits : Number(length);
  const validLength = length === undefined || /^\d{1,3}$/u.test(length);
  if (family === undefined || !validLength || prefix > bits || rest.length > 0) {
    return undefined;
  }
  const range = new BlockList();
  range.addSubnet(address, prefix, family);
  return range;
}

/** An address or CIDR range; IPv4 addresses that arrive mapped into IPv6 are compared as IPv4. */
export function addressOperand(text: string, variables: boolean): Operand {
  const source = compileText(text, variables);
  const fixed = source.fixed === undefined ? undefined : readRange(source.fixed);
  if (source.fixed !== undefined && fixed === undefined) {
    throw new MalformedPolicyError("Syntax errors in policy.");
  }
  return (value, keys) => {
    const resolved = source.resolve(keys);
    const range = fixed ?? (resolved === undefined ? undefined : readRange(resolved));
    const family = familyOf(value);
    return range === undefined || family === undefined ? undefined : range.check(value, family);
  };
}
