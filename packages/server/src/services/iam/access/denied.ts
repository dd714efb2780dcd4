import { AwsError } from "@clary/wire";
import type { Decision, PolicySource } from "../../../platform/policy/evaluate.ts";
import type { Caller } from "../../caller.ts";
import type { Permission } from "../../operation.ts";

const policyNames: Readonly<Record<PolicySource, string>> = {
  identity: "identity-based policy",
  resource: "resource-based policy",
  session: "session policy",
  boundary: "permissions boundary",
};

function because({ effect, by }: Decision, action: string): string {
  if (effect === "explicit-deny") {
    const article = by === "identity" ? "an" : "a";
    return ` with an explicit deny in ${article} ${policyNames[by]}`;
  }
  // STS has kept its older, shorter sentence.
  return action === "sts:AssumeRole" ? "" : ` because no ${policyNames[by]} allows the ${action} action`;
}

/** As AWS's services name what was refused: S3 in quotes, IAM by kind and name where the request named it so. */
function resourceText({ action, resource }: Permission): string {
  if (action.startsWith("s3:")) {
    return `"${resource}"`;
  }
  const byName = /^arn:aws:iam::\d{12}:(role|user)\/([^/]+)$/u.exec(resource);
  const named = action.startsWith("iam:") && !/^iam:(?:Create|PassRole)/u.test(action);
  return named && byName !== null ? `${byName[1] ?? ""} ${byName[2] ?? ""}` : resource;
}

/** The refusal of one permission, in AWS's words. Nothing is said to callers who did not say who they are. */
export function accessDenied(caller: Caller, permission: Permission, decision: Decision): AwsError {
  const { action } = permission;
  const message =
    caller.type === "anonymous"
      ? "Access Denied"
      : `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resourceText(permission)}${because(decision, action)}`;
  return new AwsError("AccessDenied", message, { status: 403 });
}
