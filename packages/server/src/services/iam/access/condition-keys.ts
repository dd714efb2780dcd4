import type { GivenKeys } from "../../../platform/policy/request-keys.ts";
import type { Caller } from "../../caller.ts";
import type { CallContext } from "../../operation.ts";
import type { Directory } from "../directory/directory.ts";
import type { Tags } from "../directory/tags.ts";

export function timeKeys(now: Date): GivenKeys {
  return { "aws:CurrentTime": [now.toISOString()], "aws:EpochTime": [String(Math.floor(now.getTime() / 1000))] };
}

/** Global keys that come from the request itself. */
export function requestKeys(context: CallContext): GivenKeys {
  return {
    ...timeKeys(context.now),
    "aws:SourceIp": [context.sourceIp],
    "aws:UserAgent": [context.userAgent],
    "aws:RequestedRegion": [context.scope.region],
    "aws:SecureTransport": [String(context.origin.startsWith("https:"))],
  };
}

const principalTypes: Readonly<Record<Caller["type"], string>> = {
  root: "Account",
  user: "User",
  "assumed-role": "AssumedRole",
  anonymous: "Anonymous",
};

function tagKeys(tags: Tags): GivenKeys {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, [value]]));
}

/** Keys that describe who calls; for a session, `aws:PrincipalArn` is its role. */
export function callerKeys(caller: Caller, directory: Directory): GivenKeys {
  if (caller.type === "anonymous") {
    return { "aws:PrincipalType": [principalTypes.anonymous] };
  }
  const common = {
    "aws:PrincipalAccount": [caller.account],
    "aws:PrincipalArn": [caller.type === "assumed-role" ? caller.roleArn : caller.arn],
    "aws:PrincipalIsAWSService": ["false"],
    "aws:PrincipalType": [principalTypes[caller.type]],
    "aws:userid": [caller.userId],
  };
  if (caller.type === "user") {
    const tags = directory.user(caller.userName)?.tags ?? {};
    return { ...common, "aws:username": [caller.userName], ...tagKeys(tags) };
  }
  return caller.type === "assumed-role"
    ? { ...common, ...tagKeys(directory.role(caller.roleName)?.tags ?? {}) }
    : common;
}
