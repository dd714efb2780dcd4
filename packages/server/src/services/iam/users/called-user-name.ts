import type { Caller } from "../../caller.ts";
import { mustNameUser } from "../errors.ts";

/** The user an operation is about when naming one is optional: the caller. @throws AwsError when the caller is no user */
export function calledUserName(given: string | undefined, caller: Caller): string {
  if (given !== undefined) {
    return given;
  }
  if (caller.type !== "user") {
    throw mustNameUser();
  }
  return caller.userName;
}
