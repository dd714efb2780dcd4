import { MalformedPolicyError } from "./malformed-policy-error.ts";

/** Who asks, as policies see it. */
export interface Principal {
  readonly type: "root" | "user" | "assumed-role" | "service" | "anonymous";
  readonly account: string;
  /** Of the user, of the role session or of the account's root; `""` for services and anonymous callers. */
  readonly arn: string;
  /** The role of an assumed-role session, with its path. */
  readonly roleArn?: string;
  /** `AIDA…` of a user, `AROA…` of a session's role. */
  readonly uniqueId?: string;
  /** `sagemaker.amazonaws.com` … when a service acts by itself. */
  readonly service?: string;
}

/**
 * How a policy names a caller. `direct`: itself, so that the grant stands alone. `bounded`: its role or everybody, so that
 * session policies and boundaries still narrow the grant. `account`: only its account, which leaves the decision to the
 * account's identity policies.
 */
export type Reach = "none" | "account" | "bounded" | "direct";

export interface PrincipalSet {
  readonly negated: boolean;
  readonly everyone: boolean;
  /** Account ids (12 digits), ARNs and unique ids. */
  readonly aws: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
}

const accountForm = /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?$/u;
const awsForms = [
  accountForm,
  /^arn:aws[a-z-]*:(?:iam|sts)::\d{12}:[a-z-]+\/[\w+=,.@/-]+$/u,
  /^A(?:IDA|ROA)[A-Z0-9]+$/u,
];

function readAws(value: string): string {
  if (!awsForms.some((form) => form.test(value))) {
    throw new MalformedPolicyError(`Invalid principal in policy: "AWS":"${value}"`);
  }
  return accountForm.exec(value)?.[1] ?? value;
}

function readService(value: string): string {
  if (!/^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/u.test(value)) {
    throw new MalformedPolicyError(`Invalid principal in policy: "SERVICE":"${value}"`);
  }
  return value;
}

function listOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.filter((item) => typeof item === "string");
  if (texts.length !== list.length || texts.length === 0) {
    throw new MalformedPolicyError("Invalid principal in policy.");
  }
  return texts;
}

/**
 * Reads `Principal` or `NotPrincipal`. `Federated` and `CanonicalUser` are accepted and match nobody here.
 * @throws MalformedPolicyError
 */
export function readPrincipals(value: unknown, negated: boolean): PrincipalSet {
  if (value === "*") {
    return { negated, everyone: true, aws: new Set(), services: new Set() };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new MalformedPolicyError("Invalid principal in policy.");
  }
  const aws = new Set<string>();
  const services = new Set<string>();
  for (const [kind, given] of Object.entries(value)) {
    const values = listOf(given);
    if (kind === "AWS") {
      values.forEach((one) => aws.add(one === "*" ? one : readAws(one)));
    } else if (kind === "Service") {
      values.forEach((one) => services.add(readService(one)));
    } else if (kind !== "Federated" && kind !== "CanonicalUser") {
      throw new MalformedPolicyError(`Invalid principal in policy: "${kind}":"${values[0] ?? ""}"`);
    }
  }
  return { negated, everyone: aws.delete("*"), aws, services };
}

/** Whether a unique id stands in the set; a role's id names all its sessions, a user's the user alone. */
const namesId = (set: PrincipalSet, { uniqueId }: Principal): boolean =>
  uniqueId !== undefined && set.aws.has(uniqueId);

const namesRole = (set: PrincipalSet, { roleArn }: Principal): boolean => roleArn !== undefined && set.aws.has(roleArn);

function reachOfMember(set: PrincipalSet, principal: Principal): Reach {
  const { type, account, arn } = principal;
  const asRoot = type === "root" && set.aws.has(account);
  if (set.aws.has(arn) || asRoot || (type === "user" && namesId(set, principal))) {
    return "direct";
  }
  if (set.everyone || namesRole(set, principal) || namesId(set, principal)) {
    return "bounded";
  }
  return set.aws.has(account) ? "account" : "none";
}

/** How strongly `set` names `principal`, without regard to `negated`. */
export function reachOf(set: PrincipalSet, principal: Principal): Reach {
  const { type, service } = principal;
  if (type === "service") {
    return service !== undefined && set.services.has(service) ? "direct" : "none";
  }
  if (type === "anonymous") {
    return set.everyone ? "direct" : "none";
  }
  return reachOfMember(set, principal);
}

/**
 * Whether a `NotPrincipal` of a Deny spares `principal`. As AWS documents it, everything the caller is must be listed: a
 * session with its role and account, a user with its account.
 */
export function isSpared(set: PrincipalSet, principal: Principal): boolean {
  const { type, account, arn, roleArn, service } = principal;
  if (set.everyone) {
    return true;
  }
  if (type === "service" || type === "anonymous") {
    return service !== undefined && set.services.has(service);
  }
  const needed = type === "root" ? [account] : [account, arn, ...(roleArn === undefined ? [] : [roleArn])];
  return needed.every((one) => set.aws.has(one));
}
