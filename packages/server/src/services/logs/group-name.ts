import type { Scope } from "../../platform/scope.ts";
import { groupArn } from "./arns.ts";
import { invalidParameter, noSuchGroup, noSuchResource } from "./errors.ts";

interface GroupReference {
  readonly logGroupName?: string | undefined;
  /** A name or an ARN. */
  readonly logGroupIdentifier?: string | undefined;
}

/** The group a request is about. @throws AwsError when it names none, or two */
export function groupNameOf({ logGroupName, logGroupIdentifier }: GroupReference, scope: Scope): string {
  if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) {
    throw invalidParameter("Either logGroupName or logGroupIdentifier must be specified, but not both.");
  }
  const identifier = logGroupName ?? logGroupIdentifier ?? "";
  if (!identifier.startsWith("arn:")) {
    return identifier;
  }
  const prefix = groupArn(scope, "");
  if (!identifier.startsWith(prefix)) {
    throw noSuchGroup();
  }
  return identifier.slice(prefix.length).replace(/:\*$/u, "");
}

/** The group that `resourceArn` names. @throws AwsError `ResourceNotFoundException` for anything else */
export function groupOfArn(resourceArn: string, scope: Scope): string {
  const prefix = groupArn(scope, "");
  if (!resourceArn.startsWith(prefix)) {
    throw noSuchResource();
  }
  return resourceArn.slice(prefix.length).replace(/:\*$/u, "");
}
