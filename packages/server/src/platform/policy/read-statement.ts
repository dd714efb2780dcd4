import { compileCondition, type Condition } from "./condition.ts";
import { MalformedPolicyError } from "./malformed-policy-error.ts";
import { compilePattern } from "./pattern.ts";
import type { PatternSet, PolicyKind, Statement } from "./policy.ts";
import { readPrincipals, type PrincipalSet } from "./principal.ts";

const elements = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

type Fields = Readonly<Record<string, unknown>>;

function readFields(value: unknown): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new MalformedPolicyError("Syntax errors in policy.");
  }
  const unknown = Object.keys(value).find((key) => !elements.has(key));
  if (unknown !== undefined) {
    throw new MalformedPolicyError(`Unknown field ${unknown}`);
  }
  return value as Fields;
}

/** A string or a list of strings; booleans and numbers too where a condition compares with them. */
function readTexts(value: unknown, alsoScalars = false): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    const scalar = typeof item === "boolean" || typeof item === "number";
    if (typeof item !== "string" && !(alsoScalars && scalar)) {
      throw new MalformedPolicyError("Syntax errors in policy.");
    }
    return String(item);
  });
}

/** The one of `X` and `NotX` that is there; a statement never has both. */
function either(fields: Fields, name: string): { readonly value: unknown; readonly negated: boolean } | undefined {
  const plain = fields[name];
  const negative = fields[`Not${name}`];
  if (plain !== undefined && negative !== undefined) {
    throw new MalformedPolicyError("Syntax errors in policy.");
  }
  if (plain === undefined && negative === undefined) {
    return undefined;
  }
  return { value: plain ?? negative, negated: plain === undefined };
}

const actionForm = /^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/u;

const trustActions = /^sts:(?:AssumeRole\w*|TagSession|SetSourceIdentity|SetContext|\*)$/iu;

function readActions(fields: Fields, kind: PolicyKind): PatternSet {
  const given = either(fields, "Action");
  const actions = given === undefined ? [] : readTexts(given.value);
  if (given === undefined || actions.length === 0) {
    throw new MalformedPolicyError("Policy statement must contain actions.");
  }
  if (kind === "trust" && !actions.every((action) => trustActions.test(action))) {
    throw new MalformedPolicyError("AssumeRole policy may only specify STS AssumeRole actions.");
  }
  for (const action of actions) {
    if (action !== "*" && !action.includes(":")) {
      throw new MalformedPolicyError("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    }
    if (action !== "*" && !actionForm.test(action)) {
      throw new MalformedPolicyError("Actions/Condition can contain only one colon.");
    }
  }
  // Actions never hold variables.
  const patterns = actions.map((action) => compilePattern(action.toLowerCase(), false));
  return { negated: given.negated, patterns };
}

function readResources(fields: Fields, kind: PolicyKind, variables: boolean): PatternSet | undefined {
  const given = either(fields, "Resource");
  if (kind === "trust") {
    if (given !== undefined) {
      throw new MalformedPolicyError("Has prohibited field Resource");
    }
    return undefined;
  }
  const resources = given === undefined ? [] : readTexts(given.value);
  if (given === undefined || resources.length === 0) {
    if (kind === "any" && given === undefined) {
      return undefined;
    }
    throw new MalformedPolicyError("Policy statement must contain resources.");
  }
  const malformed = resources.find((resource) => resource !== "*" && !/^arn:[^:]*:[^:]*:[^:]*:/u.test(resource));
  if (malformed !== undefined) {
    throw new MalformedPolicyError(`Resource ${malformed} must be in ARN format or "*".`);
  }
  return { negated: given.negated, patterns: resources.map((resource) => compilePattern(resource, variables)) };
}

function readWhom(fields: Fields, kind: PolicyKind): PrincipalSet | undefined {
  const given = either(fields, "Principal");
  if (kind === "identity" && given !== undefined) {
    throw new MalformedPolicyError("Policy document should not specify a principal.");
  }
  if ((kind === "trust" || kind === "resource") && given === undefined) {
    throw new MalformedPolicyError("Missing required field Principal");
  }
  return given === undefined ? undefined : readPrincipals(given.value, given.negated);
}

function readConditions(value: unknown, variables: boolean): Condition[] {
  if (value === undefined) {
    return [];
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new MalformedPolicyError("Syntax errors in policy.");
  }
  return Object.entries(value).flatMap(([operator, block]: [string, unknown]) => {
    if (typeof block !== "object" || block === null || Array.isArray(block)) {
      throw new MalformedPolicyError("Syntax errors in policy.");
    }
    return Object.entries(block).map(([key, values]: [string, unknown]) =>
      compileCondition(operator, key, readTexts(values, true), variables),
    );
  });
}

function readSid(value: unknown): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (typeof value !== "string") {
    throw new MalformedPolicyError("Syntax errors in policy.");
  }
  return value;
}

function checkSid(sid: string | undefined, kind: PolicyKind): void {
  // Only IAM's own documents are held to this; bucket policies use free text.
  if (sid !== undefined && kind === "identity" && !/^[0-9A-Za-z]*$/u.test(sid)) {
    throw new MalformedPolicyError(
      "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
    );
  }
}

/**
 * Reads one statement. `variables` says whether the document's version has policy variables.
 * @throws MalformedPolicyError
 */
export function readStatement(value: unknown, kind: PolicyKind, variables: boolean): Statement {
  const fields = readFields(value);
  const effect = fields["Effect"];
  if (effect !== "Allow" && effect !== "Deny") {
    throw new MalformedPolicyError(
      effect === undefined ? "Missing required field Effect" : `Invalid effect: ${JSON.stringify(effect)}`,
    );
  }
  const sid = readSid(fields["Sid"]);
  checkSid(sid, kind);
  return {
    sid,
    effect,
    principals: readWhom(fields, kind),
    actions: readActions(fields, kind),
    resources: readResources(fields, kind, variables),
    conditions: readConditions(fields["Condition"], variables),
  };
}
