import fc from "fast-check";
import { expect, it } from "vitest";
import { evaluate, type DecisionRequest } from "./evaluate.ts";
import { account, alice, anonymous, policy, session } from "./testing/decide.ts";

const actions = ["s3:GetObject", "s3:PutObject", "iam:PassRole"];
const resources = ["arn:aws:s3:::b/x", "arn:aws:s3:::b/y", "arn:aws:iam::123456789012:role/r"];
const principals = [alice, session, anonymous];

const subset = (values: readonly string[]): fc.Arbitrary<string[]> => fc.subarray([...values], { minLength: 1 });

const condition = fc.oneof(
  fc.constant({}),
  fc.record({
    Condition: fc.dictionary(
      fc.constantFrom("StringEquals", "StringNotEquals", "NumericLessThan", "ForAllValues:StringLike", "BoolIfExists"),
      fc.dictionary(fc.constantFrom("k", "aws:username"), fc.constantFrom("1", "2", "${aws:username}"), {
        minKeys: 1,
        maxKeys: 1,
      }),
      { maxKeys: 2 },
    ),
  }),
);

const part = (name: string, values: readonly string[]): fc.Arbitrary<object> =>
  fc
    .record({ not: fc.boolean(), list: subset(["*", ...values]) })
    .map(({ not, list }) => ({ [`${not ? "Not" : ""}${name}`]: list }));

const whom = fc.constantFrom(
  { Principal: "*" },
  { Principal: { AWS: account } },
  { Principal: { AWS: alice.arn } },
  { NotPrincipal: { AWS: [alice.arn, account] } },
);

function statement(effect: fc.Arbitrary<"Allow" | "Deny">, attached: boolean): fc.Arbitrary<object> {
  const parts = fc.tuple(
    part("Action", actions),
    part("Resource", resources),
    condition,
    attached ? whom : fc.constant({}),
  );
  return fc
    .tuple(effect, parts)
    .map(([Effect, pieces]): object => Object.assign({ Effect }, ...pieces) as object)
    .filter((made) => {
      // Bool and numbers refuse some of the values above; what cannot be parsed cannot be attached.
      try {
        policy(made);
        return true;
      } catch {
        return false;
      }
    });
}

const either = fc.constantFrom("Allow" as const, "Deny" as const);
const statements = (attached: boolean): fc.Arbitrary<object[]> =>
  fc.array(statement(either, attached), { maxLength: 4 });

const request = fc.record({
  identity: statements(false),
  attached: statements(true),
  narrowing: statements(false),
  bounding: fc.option(statements(false), { nil: undefined }),
  action: fc.constantFrom(...actions),
  resource: fc.constantFrom(...resources),
  keys: fc.dictionary(fc.constantFrom("k", "aws:username"), fc.array(fc.constantFrom("1", "2", "x"), { maxLength: 2 })),
  principal: fc.constantFrom(...principals),
});

function requestOf(made: typeof request extends fc.Arbitrary<infer T> ? T : never): DecisionRequest {
  const policies = (list: object[]): DecisionRequest["identityPolicies"] =>
    list.length === 0 ? [] : [policy(...list)];
  return {
    identityPolicies: policies(made.identity),
    resourcePolicies: policies(made.attached),
    sessionPolicies: policies(made.narrowing),
    ...(made.bounding === undefined || made.bounding.length === 0 ? {} : { boundary: policy(...made.bounding) }),
    action: made.action,
    resource: made.resource,
    keys: () => made.keys,
    principal: made.principal,
  };
}

const kinds = ["identityPolicies", "resourcePolicies", "sessionPolicies"] as const;

it("adding a Deny never grants what was refused", () => {
  const added = fc
    .constantFrom(...kinds)
    .chain((kind) =>
      statement(fc.constant("Deny" as const), kind === "resourcePolicies").map((deny) => ({ kind, deny })),
    );
  let refused = 0;
  fc.assert(
    fc.property(request, added, (made, { kind, deny }) => {
      const before = requestOf(made);
      // A first session policy begins to narrow; one more Deny beside others only takes away.
      const after = { ...before, [kind]: [...before[kind], policy(deny)] };
      const was = evaluate(before).effect;
      refused += was === "allow" ? 0 : 1;
      expect(was !== "allow" && evaluate(after).effect === "allow").toBe(false);
    }),
    { numRuns: 2000, seed: 20261120 },
  );
  expect(refused).toBeGreaterThan(200);
});

it("an explicit deny of everything is the last word, and no policies at all allow nothing", () => {
  const everything = policy({ Effect: "Deny", Action: "*", Resource: "*" });
  fc.assert(
    fc.property(request, fc.constantFrom(...kinds), (made, kind) => {
      const asked = requestOf(made);
      expect(evaluate({ ...asked, [kind]: [...asked[kind], everything] }).effect).toBe("explicit-deny");
      expect(evaluate({ ...asked, identityPolicies: [], resourcePolicies: [] }).effect).not.toBe("allow");
    }),
    { numRuns: 500, seed: 20261120 },
  );
});
