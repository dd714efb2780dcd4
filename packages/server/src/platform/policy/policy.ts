import type { Condition } from "./condition.ts";
import type { Pattern } from "./pattern.ts";
import type { PrincipalSet } from "./principal.ts";

/** `NotAction`, `NotResource` and `NotPrincipal` are the same sets with `negated`. */
export interface PatternSet {
  readonly negated: boolean;
  readonly patterns: readonly Pattern[];
}

export interface Statement {
  readonly sid: string | undefined;
  readonly effect: "Allow" | "Deny";
  /** Absent in identity-based policies: the principal is whom the policy is attached to. */
  readonly principals: PrincipalSet | undefined;
  /** In lower case, since action names are matched without regard to case. */
  readonly actions: PatternSet;
  /** Absent in trust policies: the resource is the role that carries the policy. */
  readonly resources: PatternSet | undefined;
  /** All must hold. */
  readonly conditions: readonly Condition[];
}

/** A policy document, checked and compiled. */
export interface Policy {
  readonly statements: readonly Statement[];
}

/**
 * Where a document will be used, which decides what it must and may not hold: identity policies have no principal, trust
 * policies no resource, resource policies have both. `any` asks only for what all kinds have in common.
 */
export type PolicyKind = "identity" | "resource" | "trust" | "any";
