import type { Operation } from "../operation.ts";
import { credentialsShape } from "./credentials-shape.ts";
import type { StsApi, StsDeps } from "./deps.ts";
import { sessionMayNotAsk, wrongMfaCode } from "./errors.ts";

const defaultSeconds = 43_200;
/** Root's sessions are never longer, whatever was asked for. */
const rootSeconds = 3600;

/** Temporary credentials of the caller itself. No policy can deny it, and no permission is needed. */
export const getSessionToken: Operation<StsApi, "GetSessionToken", StsDeps> = {
  name: "GetSessionToken",

  permissions() {
    return [];
  },

  async run(input, { caller }, { sessions }) {
    if (input.SerialNumber !== undefined || input.TokenCode !== undefined) {
      throw wrongMfaCode();
    }
    if (caller.type !== "root" && caller.type !== "user") {
      throw sessionMayNotAsk();
    }
    const asked = input.DurationSeconds ?? defaultSeconds;
    const issued =
      caller.type === "root"
        ? sessions.issue({ type: "root" }, Math.min(asked, rootSeconds))
        : sessions.issue({ type: "user", userName: caller.userName, userId: caller.userId }, asked);
    return { Credentials: credentialsShape(issued) };
  },
};
