import type * as sts from "@aws-sdk/client-sts";
import type { TemporaryCredentials } from "../sagemaker/deps.ts";

export interface StsDeps {
  readonly sessions: Sessions;
  readonly roles: AssumableRoles;
}

/** Whose temporary credentials are to be made. */
type SessionSubject =
  | { readonly type: "role"; readonly roleName: string; readonly roleId: string; readonly sessionName: string }
  | { readonly type: "user"; readonly userName: string; readonly userId: string }
  | { readonly type: "root" };

/** Together they narrow what the session may do to what at least one of them allows. */
export interface SessionPolicies {
  /** A document as JSON text. */
  readonly inline?: string;
  /** Managed policies. */
  readonly arns: readonly string[];
}

/** Issues temporary credentials; answered by IAM. */
interface Sessions {
  issue(subject: SessionSubject, durationSeconds: number, sessionPolicies?: SessionPolicies): TemporaryCredentials;
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
  /** Whether there is a managed policy of this ARN. */
  policyExists(policyArn: string): boolean;
}

/** The client package whose types name STS's operations. */
export type StsApi = typeof sts;
