import type { Caller } from "./caller.ts";
import type { CallContext, Permission } from "./operation.ts";

/** What a signature is checked with, and whose it is. */
export interface Credential {
  readonly secretAccessKey: string;
  /** Present for temporary credentials: a request must carry exactly this token. */
  readonly sessionToken?: string;
  /** From this instant on the credential is refused; absent for long-lived keys. */
  readonly expiration?: Date;
  /** False for an access key that was set `Inactive`, and for the keys of a deleted user or role. */
  readonly active: boolean;
  readonly caller: Caller;
}

/**
 * Access keys by id; implemented by IAM. Answered from memory wherever possible: it is asked for every signed request, and
 * an answer that is no promise costs no turn of the event loop.
 */
export interface Credentials {
  /**
   * Undefined for a key that never existed or was deleted. Temporary credentials are not stored: everything about them is in
   * the session token that came with the request (header, query or form, undecoded), so it must be handed over; a temporary
   * key without its own genuine token is not found.
   */
  find(accessKeyId: string, sessionToken?: string): Promise<Credential | undefined> | Credential | undefined;
}

/** One decision: may `caller` do all of `permissions`? */
export interface AuthorisationRequest {
  readonly caller: Caller;
  /** Every one of them must be allowed. */
  readonly permissions: readonly Permission[];
  /** Source of the global condition keys (`aws:SourceIp`, `aws:CurrentTime`, `aws:UserAgent`, `aws:RequestedRegion` …). */
  readonly context: CallContext;
  /** The policy document attached to `resource` (a bucket policy), as JSON text; undefined when it has none. */
  readonly resourcePolicy: (resource: string) => Promise<string | undefined>;
}

/** The policy evaluator; implemented by IAM. */
export interface Authoriser {
  /**
   * Resolves when everything is allowed.
   * @throws AwsError `AccessDenied` (403) with AWS's text; the gateway spells the code as the protocol does
   * (`AccessDeniedException` in JSON protocols).
   */
  authorise(request: AuthorisationRequest): Promise<void> | void;
}
