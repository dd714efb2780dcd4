import { MalformedPolicyError } from "./malformed-policy-error.ts";
import type { Operand } from "./operand.ts";
import { operators } from "./operators.ts";
import type { RequestKeys } from "./request-keys.ts";

/** One operator on one key of a statement's `Condition`. */
export interface Condition {
  /** Undefined when it cannot be told (a value that is no number, a variable without a value): then no Allow applies and every Deny does. */
  holds(keys: RequestKeys): boolean | undefined;
}

/** How a key with several values is treated; `single` keys have one. */
type Quantifier = "single" | "all" | "any";

const operatorForm = /^(?:(forallvalues|foranyvalue):)?([a-z]+?)(ifexists)?$/u;

/** True as soon as one is, else undefined if one could not be told. */
function someOf<T>(items: readonly T[], test: (item: T) => boolean | undefined): boolean | undefined {
  let told = true;
  for (const item of items) {
    const result = test(item);
    if (result === true) {
      return true;
    }
    told &&= result !== undefined;
  }
  return told ? false : undefined;
}

const not = (result: boolean | undefined): boolean | undefined => (result === undefined ? undefined : !result);

function quantify(
  quantifier: Quantifier,
  values: readonly string[],
  test: (value: string) => boolean | undefined,
): boolean | undefined {
  if (quantifier === "any") {
    return someOf(values, test);
  }
  if (quantifier === "single" && values.length > 1) {
    return undefined;
  }
  return not(someOf(values, (value) => not(test(value))));
}

/** `Null: true` wants the key absent, `Null: false` wants it present. */
function nullCondition(key: string, values: readonly string[]): Condition {
  const wanted = values.map((value) => value.toLowerCase());
  if (wanted.some((value) => value !== "true" && value !== "false")) {
    throw new MalformedPolicyError("Syntax errors in policy.");
  }
  return { holds: (keys) => wanted.includes(String(keys.get(key) === undefined)) };
}

function readQuantifier(prefix: string | undefined): Quantifier {
  if (prefix === undefined) {
    return "single";
  }
  return prefix === "forallvalues" ? "all" : "any";
}

/**
 * Compiles `{ [operator]: { [key]: values } }`. Operator names are read without regard to case.
 * @throws MalformedPolicyError for an operator that does not exist and a value the operator cannot compare with.
 */
export function compileCondition(
  operatorName: string,
  keyName: string,
  values: readonly string[],
  variables: boolean,
): Condition {
  const [, prefix, base = "", suffix] = operatorForm.exec(operatorName.toLowerCase()) ?? [];
  const key = keyName.toLowerCase();
  if (base === "null" && prefix === undefined && suffix === undefined) {
    return nullCondition(key, values);
  }
  const operator = operators[base];
  if (operator === undefined) {
    throw new MalformedPolicyError(`Invalid Condition type : ${operatorName}.`);
  }
  const quantifier = readQuantifier(prefix);
  if (values.length === 0) {
    throw new MalformedPolicyError("Syntax errors in policy.");
  }
  const operands = values.map((value): Operand => operator.compile(value, variables));
  const absent = suffix !== undefined || quantifier === "all" || (operator.negated && quantifier === "single");
  return {
    holds(keys) {
      const present = keys.get(key);
      if (present === undefined) {
        return absent;
      }
      return quantify(quantifier, present, (value) => {
        const equal = someOf(operands, (operand) => operand(value, keys));
        return operator.negated ? not(equal) : equal;
      });
    },
  };
}
