import { MalformedPolicyError } from "../../platform/policy/malformed-policy-error.ts";
import { parsePolicy } from "../../platform/policy/parse-policy.ts";
import type { Policy, PolicyKind } from "../../platform/policy/policy.ts";
import type { Directory } from "./directory/directory.ts";
import { limitExceeded, malformedPolicyDocument } from "./errors.ts";
import { quotas } from "./quotas.ts";

/** Characters that count towards a policy's size: white space does not. */
export const policySize = (document: string): number => document.replaceAll(/\s/gu, "").length;

/** @throws AwsError `MalformedPolicyDocument` */
export function readDocument(document: string, kind: PolicyKind): Policy {
  try {
    return parsePolicy(document, kind);
  } catch (error) {
    throw error instanceof MalformedPolicyError ? malformedPolicyDocument(error.message) : error;
  }
}

/**
 * Checks a role's trust policy: its form, its size, and that the users and roles of this account that it names exist.
 * @throws AwsError `MalformedPolicyDocument`, `LimitExceeded`
 */
export function checkTrustPolicy(document: string, directory: Directory): void {
  const { statements } = readDocument(document, "trust");
  if (policySize(document) > quotas.trustPolicySize) {
    throw limitExceeded("ACLSizePerRole", quotas.trustPolicySize);
  }
  for (const arn of statements.flatMap(({ principals }) => [...(principals?.aws ?? [])])) {
    const [, kind, name = ""] = /^arn:aws[a-z-]*:iam::\d{12}:(user|role)\/(?:.*\/)?([^/]+)$/u.exec(arn) ?? [];
    const ours = arn.split(":")[4] === directory.account;
    const exists = kind === "user" ? directory.user(name) : directory.role(name);
    if (ours && kind !== undefined && exists === undefined) {
      throw malformedPolicyDocument(`Invalid principal in policy: "AWS":"${arn}"`);
    }
  }
}
