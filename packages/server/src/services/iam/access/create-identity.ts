import type { Clock } from "../../../platform/clock/clock.ts";
import type { Ids } from "../../../platform/ids/ids.ts";
import { PolicyCache } from "../../../platform/policy/policy-cache.ts";
import type { RecordStore } from "../../../platform/records/record-store.ts";
import type { Authoriser, Credentials } from "../../access.ts";
import type { Roles } from "../../sagemaker/deps.ts";
import type { AssumableRoles } from "../../sts/deps.ts";
import { accountKey } from "../directory/collections.ts";
import { Directory } from "../directory/directory.ts";
import type { AccountEntry } from "../directory/entries.ts";
import { PolicyAuthoriser } from "./authorise.ts";
import { Decider } from "./decide.ts";
import { KnownCredentials } from "./find-credential.ts";
import { IdentityPolicies } from "./identity-policies.ts";
import { KnownRoles } from "./known-roles.ts";
import { ServiceRoles } from "./service-roles.ts";
import { SessionTokens } from "./session-token.ts";
import { SessionIssuer } from "./sessions.ts";

export interface IdentityDeps {
  readonly records: RecordStore;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The policy attached to a resource (a bucket's), for what jobs do with their role; as JSON text. */
  readonly resourcePolicy: (resource: string) => Promise<string | undefined>;
}

/** Who may do what in this account: all that the gateway, SageMaker, IAM and STS need to know. */
export interface Identity {
  readonly account: string;
  readonly credentials: Credentials;
  readonly authoriser: Authoriser;
  readonly roles: Roles;
  readonly directory: Directory;
  readonly sessions: SessionIssuer;
  readonly assumableRoles: AssumableRoles;
}

/**
 * Loads the account's identities into memory. `bootstrapIdentity` must have run on these records.
 * @throws Error when it has not.
 */
export async function createIdentity(deps: IdentityDeps): Promise<Identity> {
  const stored = await deps.records.get<AccountEntry>(accountKey);
  if (stored === undefined) {
    throw new Error("The state has no account yet: bootstrapIdentity comes first.");
  }
  const { account, rootAccessKeyId, rootSecretAccessKey, sessionKey, createdAt } = stored.body;
  const directory = new Directory({ account, createdAt }, deps.records);
  await directory.load();
  const cache = new PolicyCache();
  const tokens = new SessionTokens(sessionKey);
  const sessions = new SessionIssuer(tokens, deps.clock, deps.ids);
  const decider = new Decider(directory, new IdentityPolicies(directory, cache), cache);
  const rootKey = { accessKeyId: rootAccessKeyId, secretAccessKey: rootSecretAccessKey };
  return {
    account,
    credentials: new KnownCredentials(directory, rootKey, tokens),
    authoriser: new PolicyAuthoriser(directory, decider),
    roles: new ServiceRoles({
      directory,
      decider,
      cache,
      sessions,
      clock: deps.clock,
      resourcePolicy: deps.resourcePolicy,
    }),
    directory,
    sessions,
    assumableRoles: new KnownRoles(directory),
  };
}
