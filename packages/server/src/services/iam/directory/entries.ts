import type { Tags } from "./tags.ts";

/** What users and roles have in common: the policies they carry. */
export interface PolicyHolder {
  /** Documents by policy name, as they were put. */
  readonly inlinePolicies: Readonly<Record<string, string>>;
  /** ARNs in the order of their attachment. */
  readonly attachedPolicies: readonly string[];
  readonly permissionsBoundary?: string;
}

export interface UserEntry extends PolicyHolder {
  readonly userName: string;
  /** `AIDA…`. */
  readonly userId: string;
  /** Begins and ends with `/`. */
  readonly path: string;
  readonly createdAt: Date;
  readonly tags: Tags;
}

export interface RoleEntry extends PolicyHolder {
  readonly roleName: string;
  /** `AROA…`; sessions name it, so that those of a deleted role do not come back with a new one of its name. */
  readonly roleId: string;
  readonly path: string;
  readonly createdAt: Date;
  readonly trustPolicy: string;
  readonly description?: string;
  readonly maxSessionSeconds: number;
  readonly tags: Tags;
}

/** A managed policy, the customer's or AWS's own. */
export interface PolicyEntry {
  readonly policyName: string;
  /** `ANPA…`. */
  readonly policyId: string;
  readonly arn: string;
  readonly path: string;
  readonly description?: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly document: string;
  /** `v1`. */
  readonly defaultVersionId: string;
  readonly tags: Tags;
}

export interface AccessKeyEntry {
  /** `AKIA…`. */
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly userName: string;
  readonly status: "Active" | "Inactive";
  readonly createdAt: Date;
}

/** Who owns this server's state. One record per data directory. */
export interface AccountEntry {
  /** Twelve digits. */
  readonly account: string;
  readonly rootAccessKeyId: string;
  readonly rootSecretAccessKey: string;
  /** Authenticates session tokens; hex, 64 digits. */
  readonly sessionKey: string;
  readonly executionRoleName: string;
  readonly createdAt: Date;
}
