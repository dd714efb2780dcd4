import { isIPv4 } from "node:net";
import { invalidBucketName } from "../errors.ts";

const allowed = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const reservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"];
const reservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/** @throws InvalidBucketName by the rules for general purpose buckets. */
export function checkBucketName(name: string): void {
  const reserved =
    reservedPrefixes.some((prefix) => name.startsWith(prefix)) ||
    reservedSuffixes.some((suffix) => name.endsWith(suffix));
  if (!allowed.test(name) || name.includes("..") || isIPv4(name) || reserved) {
    throw invalidBucketName(name);
  }
}
