import { evaluate, type Decision, type DecisionRequest } from "../evaluate.ts";
import { parsePolicy } from "../parse-policy.ts";
import type { Policy } from "../policy.ts";
import type { Principal } from "../principal.ts";
import type { GivenKeys } from "../request-keys.ts";

export const account = "123456789012";

export const alice: Principal = {
  type: "user",
  account,
  arn: `arn:aws:iam::${account}:user/alice`,
  uniqueId: "AIDAALICE",
};

export const session: Principal = {
  type: "assumed-role",
  account,
  arn: `arn:aws:sts::${account}:assumed-role/worker/monday`,
  roleArn: `arn:aws:iam::${account}:role/team/worker`,
  uniqueId: "AROAWORKER",
};

export const anonymous: Principal = { type: "anonymous", account, arn: "" };

export function policy(...statements: readonly object[]): Policy {
  return parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
}

/** A request for `s3:GetObject` on one object by alice, changed by `request`; policies as statements. */
export function decide(
  request: Partial<Pick<DecisionRequest, "action" | "resource" | "principal" | "resourceMustAllow">> & {
    readonly keys?: GivenKeys;
    readonly identity?: readonly object[];
    readonly attached?: readonly object[];
    readonly session?: readonly object[];
    readonly boundary?: readonly object[];
  },
): Decision {
  const { identity, attached, session: narrowing, boundary, keys = {}, ...rest } = request;
  const documents = (statements: readonly object[] | undefined): Policy[] =>
    statements === undefined ? [] : [policy(...statements)];
  return evaluate({
    identityPolicies: documents(identity),
    resourcePolicies: documents(attached),
    sessionPolicies: documents(narrowing),
    ...(boundary === undefined ? {} : { boundary: policy(...boundary) }),
    action: "s3:GetObject",
    resource: "arn:aws:s3:::bucket/key",
    keys: () => keys,
    principal: alice,
    ...rest,
  });
}
