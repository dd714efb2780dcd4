import { invalidArgument } from "../errors.ts";

const version = "1";

/** Tokens are opaque to clients; ours hold the last name of the page before. */
export function encodeToken(last: string): string {
  return Buffer.from(version + last).toString("base64");
}

/** @throws InvalidArgument for what `encodeToken` did not make. */
export function decodeToken(token: string): string {
  const text = Buffer.from(token, "base64").toString();
  if (!text.startsWith(version) || encodeToken(text.slice(version.length)) !== token) {
    throw invalidArgument("The continuation token provided is incorrect", "continuation-token", token);
  }
  return text.slice(version.length);
}
