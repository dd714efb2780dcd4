import type * as sts from "@aws-sdk/client-sts";
import type { TemporaryCredentials } from "../sagemaker/deps.ts";

export interface StsDeps {
  readonly sessions: Sessions;
  readonly roles: AssumableRoles;
}

/** Whose temporary credentials are to be made. */
export type SessionSubject =
  | { readonly type: "role"; readonly roleName: string; readonly roleId: string; readonly sessionName: string }
  | { readonly type: "user"; readonly userName: string; readonly userId: string }
  | { readonly type: "root" };

/** Issues temporary credentials; answered by IAM. */
export interface Sessions {
  /** `sessionPolicies` are documents as JSON text; together they narrow what the subject may do. */
  issue(subject: SessionSubject, durationSeconds: number, sessionPolicies?: readonly string[]): TemporaryCredentials;
}

export interface AssumableRole {
  readonly roleName: string;
  readonly roleId: string;
  readonly trustPolicy: string;
  readonly maxSessionSeconds: number;
}

/** The roles and policies of the account; answered by IAM. */
export interface AssumableRoles {
  role(roleArn: string): AssumableRole | undefined;
  /** The document of a managed policy. */
  policyDocument(policyArn: string): string | undefined;
}

/** The client package whose types name STS's operations. */
export type StsApi = typeof sts;
