import type { RecordKey } from "../../../platform/records/record-store.ts";
import type { Scope } from "../../../platform/scope.ts";

/** IAM has no regions. */
export const globalScope = (account: string): Scope => ({ account, region: "aws-global" });

export const collections = {
  user: "iam.user",
  role: "iam.role",
  policy: "iam.policy",
  accessKey: "iam.access-key",
} as const;

/** The one record that says which account this is; its scope names none, for it is read to learn it. */
export const accountKey: RecordKey = {
  collection: "iam.account",
  scope: { account: "000000000000", region: "aws-global" },
  id: "account",
};

export const roleKey = (account: string, roleName: string): RecordKey => ({
  collection: collections.role,
  scope: globalScope(account),
  id: roleName.toLowerCase(),
});

export const policyKey = (account: string, arn: string): RecordKey => ({
  collection: collections.policy,
  scope: globalScope(account),
  id: arn,
});
