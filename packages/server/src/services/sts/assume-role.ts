import { MalformedPolicyError } from "../../platform/policy/malformed-policy-error.ts";
import { parsePolicy } from "../../platform/policy/parse-policy.ts";
import type { Caller } from "../caller.ts";
import type { InputOf, Operation, Permission } from "../operation.ts";
import { credentialsShape } from "./credentials-shape.ts";
import type { AssumableRole, SessionPolicies, StsApi, StsDeps } from "./deps.ts";
import {
  longerThanChainAllows,
  longerThanRoleAllows,
  malformedPolicyDocument,
  notImplemented,
  rootMayNotAssume,
  wrongMfaCode,
} from "./errors.ts";

type Input = InputOf<StsApi, "AssumeRole">;

const defaultSeconds = 3600;
const chainedSeconds = 3600;
/** Characters of session policies that a request may have; `PackedPolicySize` is the share of it that is used. */
const policyCharacters = 2048;

function durationOf(input: Input, role: AssumableRole, caller: Caller): number {
  const { DurationSeconds: asked = defaultSeconds } = input;
  if (caller.type === "assumed-role" && asked > chainedSeconds) {
    throw longerThanChainAllows();
  }
  if (asked > role.maxSessionSeconds) {
    throw longerThanRoleAllows();
  }
  return asked;
}

function checkDocument(document: string): void {
  try {
    parsePolicy(document, "identity");
  } catch (error) {
    throw error instanceof MalformedPolicyError ? malformedPolicyDocument(error.message) : error;
  }
}

function sessionPoliciesOf(input: Input, deps: StsDeps): SessionPolicies {
  const arns = (input.PolicyArns ?? []).flatMap(({ arn }) => arn ?? []);
  const unknown = arns.find((arn) => !deps.roles.policyExists(arn));
  if (unknown !== undefined) {
    throw malformedPolicyDocument(`Policy ${unknown} does not exist or is not attachable.`);
  }
  if (input.Policy === undefined) {
    return { arns };
  }
  checkDocument(input.Policy);
  return { inline: input.Policy, arns };
}

function packedSize({ inline, arns }: SessionPolicies): { readonly PackedPolicySize?: number } {
  const characters = [inline ?? "", ...arns].join("").length;
  return characters === 0 ? {} : { PackedPolicySize: Math.ceil((100 * characters) / policyCharacters) };
}

function requestKeys(input: Input): NonNullable<Permission["conditionKeys"]> {
  return {
    "sts:RoleSessionName": [input.RoleSessionName],
    ...(input.ExternalId === undefined ? {} : { "sts:ExternalId": [input.ExternalId] }),
    ...(input.SourceIdentity === undefined ? {} : { "sts:SourceIdentity": [input.SourceIdentity] }),
  };
}

/** Temporary credentials of a role whose trust policy lets the caller in; the authoriser has decided that before. */
export const assumeRole: Operation<StsApi, "AssumeRole", StsDeps> = {
  name: "AssumeRole",

  permissions(input, { caller }) {
    if (caller.type === "root") {
      throw rootMayNotAssume();
    }
    return [{ action: "sts:AssumeRole", resource: input.RoleArn, conditionKeys: requestKeys(input) }];
  },

  async run(input, { caller, scope }, deps) {
    if (input.Tags !== undefined || input.TransitiveTagKeys !== undefined) {
      throw notImplemented("AssumeRole with session tags");
    }
    if (input.SerialNumber !== undefined || input.TokenCode !== undefined) {
      throw wrongMfaCode();
    }
    const role = deps.roles.role(input.RoleArn);
    if (role === undefined) {
      throw new Error(`${input.RoleArn} went away while it was assumed`);
    }
    const seconds = durationOf(input, role, caller);
    const policies = sessionPoliciesOf(input, deps);
    const { roleName, roleId } = role;
    const sessionName = input.RoleSessionName;
    const issued = deps.sessions.issue({ type: "role", roleName, roleId, sessionName }, seconds, policies);
    return {
      Credentials: credentialsShape(issued),
      AssumedRoleUser: {
        AssumedRoleId: `${roleId}:${sessionName}`,
        Arn: `arn:aws:sts::${scope.account}:assumed-role/${roleName}/${sessionName}`,
      },
      ...packedSize(policies),
      ...(input.SourceIdentity === undefined ? {} : { SourceIdentity: input.SourceIdentity }),
    };
  },
};
