import { evaluate, type Decision } from "../../../platform/policy/evaluate.ts";
import { MalformedPolicyError } from "../../../platform/policy/malformed-policy-error.ts";
import { parsePolicy } from "../../../platform/policy/parse-policy.ts";
import type { PolicyCache } from "../../../platform/policy/policy-cache.ts";
import type { Policy } from "../../../platform/policy/policy.ts";
import type { Principal } from "../../../platform/policy/principal.ts";
import type { GivenKeys } from "../../../platform/policy/request-keys.ts";
import type { Caller } from "../../caller.ts";
import type { Permission } from "../../operation.ts";
import type { Directory } from "../directory/directory.ts";
import type { HeldPolicies, IdentityPolicies } from "./identity-policies.ts";

export interface Question {
  readonly caller: Caller;
  readonly permission: Permission;
  /** Global and caller's keys; the permission's own are added. */
  readonly keys: () => GivenKeys;
  /** The document attached to the resource. */
  readonly resourcePolicy: string | undefined;
}

const allowEverything = parsePolicy(
  JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } }),
);

const denyEverything = parsePolicy(
  JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Deny", Action: "*", Resource: "*" } }),
);

/** Root can always take back a bucket policy that locks everybody out, itself included. */
const rootsLastResort = new Set(["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"]);

function principalOf(caller: Caller): Principal {
  const { type, account, arn } = caller;
  if (caller.type === "user") {
    return { type, account, arn, uniqueId: caller.userId };
  }
  if (caller.type === "assumed-role") {
    const [uniqueId = ""] = caller.userId.split(":");
    return { type, account, arn, roleArn: caller.roleArn, uniqueId };
  }
  return { type, account, arn };
}

/** Answers questions about this account's callers from the directory. */
export class Decider {
  readonly #directory: Directory;
  readonly #policies: IdentityPolicies;
  readonly #cache: PolicyCache;

  constructor(directory: Directory, policies: IdentityPolicies, cache: PolicyCache) {
    this.#directory = directory;
    this.#policies = policies;
    this.#cache = cache;
  }

  decide({ caller, permission, keys, resourcePolicy }: Question): Decision {
    const { policies, boundary } = this.#heldBy(caller);
    const ignoresResource = caller.type === "root" && rootsLastResort.has(permission.action);
    return evaluate({
      identityPolicies: policies,
      resourcePolicies: resourcePolicy === undefined || ignoresResource ? [] : [this.#compile(resourcePolicy)],
      sessionPolicies:
        caller.type === "assumed-role" ? caller.sessionPolicies.map((document) => this.#compile(document)) : [],
      ...(boundary === undefined ? {} : { boundary }),
      action: permission.action,
      resource: permission.resource,
      keys: () => ({ ...keys(), ...permission.conditionKeys }),
      principal: principalOf(caller),
      resourceMustAllow: permission.action === "sts:AssumeRole",
    });
  }

  /** A stored document that cannot be read must not open anything. */
  #compile(document: string): Policy {
    try {
      return this.#cache.get(document);
    } catch (error) {
      if (error instanceof MalformedPolicyError) {
        return denyEverything;
      }
      throw error;
    }
  }

  #heldBy(caller: Caller): HeldPolicies {
    if (caller.type === "root") {
      return { policies: [allowEverything] };
    }
    const holder =
      caller.type === "user"
        ? this.#directory.user(caller.userName)
        : caller.type === "assumed-role"
          ? this.#directory.role(caller.roleName)
          : undefined;
    return holder === undefined ? { policies: [] } : this.#policies.of(holder);
  }
}
