import { invalidToken } from "./errors.ts";

/** Tokens of listings: where the page before ended. */
export const pageToken = (last: string): string => Buffer.from(last, "utf8").toString("base64url");

/** @throws AwsError for a token that did not come from `pageToken` */
export function readPageToken(token: string): string {
  const last = Buffer.from(token, "base64url").toString("utf8");
  if (last === "" || pageToken(last) !== token) {
    throw invalidToken();
  }
  return last;
}
