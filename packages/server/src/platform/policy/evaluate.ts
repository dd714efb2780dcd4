import { isSpared, reachOf, type Principal, type Reach } from "./principal.ts";
import type { PatternSet, Policy, Statement } from "./policy.ts";
import { RequestKeys, type GivenKeys } from "./request-keys.ts";

/** Everything that takes part in one decision about a request of the resource's own account. */
export interface DecisionRequest {
  /** Inline and attached policies of the user or role. */
  readonly identityPolicies: readonly Policy[];
  /** The policy attached to the resource, if any: a bucket policy, a role's trust policy. */
  readonly resourcePolicies: readonly Policy[];
  /** Together they narrow a session to what at least one of them allows; none means not narrowed. */
  readonly sessionPolicies: readonly Policy[];
  readonly boundary?: Policy;
  /** `service:Action`. */
  readonly action: string;
  readonly resource: string;
  /** Called at most once, and only by a policy that looks at a key. */
  readonly keys: () => GivenKeys;
  readonly principal: Principal;
  /** For role trust policies: identity policies alone are not enough, the resource must allow too. */
  readonly resourceMustAllow?: boolean;
}

export type PolicySource = "identity" | "resource" | "session" | "boundary";

export interface Decision {
  readonly effect: "allow" | "explicit-deny" | "implicit-deny";
  /** The kind of policy that decided; for an implicit deny, the kind that had to allow and did not. */
  readonly by: PolicySource;
}

interface Asked {
  /** In lower case. */
  readonly action: string;
  readonly resource: string;
  readonly keys: RequestKeys;
  readonly principal: Principal;
}

function covers(set: PatternSet, text: string, asked: Asked, effect: Statement["effect"]): boolean {
  const matches = set.patterns.some((pattern) => pattern.matches(text, asked.keys));
  if (!set.negated) {
    return matches;
  }
  // An Allow for everything but a value that is unknown in this request must not become an Allow for everything.
  const known = effect === "Deny" || set.patterns.every((pattern) => pattern.resolves(asked.keys));
  return !matches && known;
}

function conditionsHold(statement: Statement, keys: RequestKeys): boolean {
  return statement.conditions.every((condition) => condition.holds(keys) ?? statement.effect === "Deny");
}

function principalReach(statement: Statement, principal: Principal): Reach {
  const { principals, effect } = statement;
  if (principals === undefined) {
    return "direct";
  }
  if (!principals.negated) {
    return reachOf(principals, principal);
  }
  const excluded = effect === "Deny" ? isSpared(principals, principal) : reachOf(principals, principal) !== "none";
  return excluded ? "none" : "bounded";
}

/** How strongly the statement applies to the request; `none` when it does not. */
function applies(statement: Statement, asked: Asked): Reach {
  if (
    !covers(statement.actions, asked.action, asked, statement.effect) ||
    (statement.resources !== undefined && !covers(statement.resources, asked.resource, asked, statement.effect))
  ) {
    return "none";
  }
  const reach = principalReach(statement, asked.principal);
  return reach !== "none" && conditionsHold(statement, asked.keys) ? reach : "none";
}

/** What a set of policies says about a request, before the sets are combined. */
interface Verdict {
  readonly denied: boolean;
  readonly allowed: Reach;
}

const strength: Readonly<Record<Reach, number>> = { none: 0, account: 1, bounded: 2, direct: 3 };

function judge(policies: readonly Policy[], asked: Asked): Verdict {
  let denied = false;
  let allowed: Reach = "none";
  for (const policy of policies) {
    for (const statement of policy.statements) {
      const reach = applies(statement, asked);
      denied ||= statement.effect === "Deny" && reach !== "none";
      if (statement.effect === "Allow" && strength[reach] > strength[allowed]) {
        allowed = reach;
      }
    }
  }
  return { denied, allowed };
}

function deniedBy(verdicts: Readonly<Record<PolicySource, Verdict>>): PolicySource | undefined {
  return (["identity", "resource", "session", "boundary"] as const).find((source) => verdicts[source].denied);
}

const notAllowed = (by: PolicySource): Decision => ({ effect: "implicit-deny", by });

function combine(request: DecisionRequest, verdicts: Readonly<Record<PolicySource, Verdict>>): Decision {
  const { identity, resource, session, boundary } = verdicts;
  if (request.resourceMustAllow === true && resource.allowed === "none") {
    return notAllowed("resource");
  }
  if (resource.allowed === "direct") {
    return { effect: "allow", by: "resource" };
  }
  const byResource = resource.allowed === "bounded";
  if (identity.allowed === "none" && !byResource) {
    return notAllowed("identity");
  }
  if (request.boundary !== undefined && boundary.allowed === "none") {
    return notAllowed("boundary");
  }
  if (request.sessionPolicies.length > 0 && session.allowed === "none") {
    return notAllowed("session");
  }
  return { effect: "allow", by: identity.allowed === "none" ? "resource" : "identity" };
}

/**
 * Decides as IAM documents it for one account: an explicit Deny anywhere wins; a resource policy that names the caller
 * itself grants alone; else identity policies (or a resource policy that names the role or everybody) must allow, and the
 * boundary and the session policies must allow too; what nobody allows is denied.
 */
export function evaluate(request: DecisionRequest): Decision {
  const asked: Asked = {
    action: request.action.toLowerCase(),
    resource: request.resource,
    keys: new RequestKeys(request.keys),
    principal: request.principal,
  };
  const verdicts = {
    identity: judge(request.identityPolicies, asked),
    resource: judge(request.resourcePolicies, asked),
    session: judge(request.sessionPolicies, asked),
    boundary: judge(request.boundary === undefined ? [] : [request.boundary], asked),
  };
  const denier = deniedBy(verdicts);
  return denier === undefined ? combine(request, verdicts) : { effect: "explicit-deny", by: denier };
}
