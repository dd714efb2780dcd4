import { arnOperand } from "./arn-operand.ts";
import { addressOperand } from "./address-operand.ts";
import { readDate } from "./date-value.ts";
import { MalformedPolicyError } from "./malformed-policy-error.ts";
import type { Operand } from "./operand.ts";
import { compilePattern, compileText } from "./pattern.ts";

export interface Operator {
  /** Whether the condition holds when no operand matches (`StringNotEquals` …). */
  readonly negated: boolean;
  compile(text: string, variables: boolean): Operand;
}

type Compile = Operator["compile"];

const stringLike: Compile = (text, variables) => {
  const pattern = compilePattern(text, variables);
  return (value, keys) => (pattern.resolves(keys) ? pattern.matches(value, keys) : undefined);
};

/** An operand that is parsed once where it holds no variable, and then must parse. */
function parsed<T>(read: (text: string) => T | undefined, compare: (value: T, operand: T) => boolean): Compile {
  return (text, variables) => {
    const source = compileText(text, variables);
    const fixed = source.fixed === undefined ? undefined : read(source.fixed);
    if (source.fixed !== undefined && fixed === undefined) {
      throw new MalformedPolicyError("Syntax errors in policy.");
    }
    return (value, keys) => {
      const resolved = fixed === undefined ? source.resolve(keys) : undefined;
      const operand = fixed ?? (resolved === undefined ? undefined : read(resolved));
      const given = read(value);
      return given === undefined || operand === undefined ? undefined : compare(given, operand);
    };
  };
}

const readText = (text: string): string => text;
const readNumber = (text: string): number | undefined =>
  /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/iu.test(text) ? Number(text) : undefined;
const readBoolean = (text: string): boolean | undefined =>
  /^(?:true|false)$/iu.test(text) ? text.toLowerCase() === "true" : undefined;
const readBinary = (text: string): string | undefined =>
  /^[A-Za-z0-9+/]*={0,2}$/u.test(text) ? Buffer.from(text, "base64").toString("hex") : undefined;

const same = <T>(value: T, operand: T): boolean => value === operand;

const is = (compile: Compile): Operator => ({ negated: false, compile });
const isNot = (compile: Compile): Operator => ({ negated: true, compile });

function ordered(prefix: string, read: (text: string) => number | undefined): Record<string, Operator> {
  return {
    [`${prefix}equals`]: is(parsed(read, same)),
    [`${prefix}notequals`]: isNot(parsed(read, same)),
    [`${prefix}lessthan`]: is(parsed(read, (value, operand) => value < operand)),
    [`${prefix}lessthanequals`]: is(parsed(read, (value, operand) => value <= operand)),
    [`${prefix}greaterthan`]: is(parsed(read, (value, operand) => value > operand)),
    [`${prefix}greaterthanequals`]: is(parsed(read, (value, operand) => value >= operand)),
  };
}

const ignoringCase = parsed(readText, (value, operand) => value.toLowerCase() === operand.toLowerCase());

/** The condition operators by lower-case name, without `IfExists`, set prefixes and `Null`. */
export const operators: Readonly<Record<string, Operator>> = {
  stringequals: is(parsed(readText, same)),
  stringnotequals: isNot(parsed(readText, same)),
  stringequalsignorecase: is(ignoringCase),
  stringnotequalsignorecase: isNot(ignoringCase),
  stringlike: is(stringLike),
  stringnotlike: isNot(stringLike),
  ...ordered("numeric", readNumber),
  ...ordered("date", readDate),
  bool: is(parsed(readBoolean, same)),
  binaryequals: is(parsed(readBinary, same)),
  ipaddress: is(addressOperand),
  notipaddress: isNot(addressOperand),
  // AWS: `ArnEquals` and `ArnLike` behave identically.
  arnequals: is(arnOperand),
  arnlike: is(arnOperand),
  arnnotequals: isNot(arnOperand),
  arnnotlike: isNot(arnOperand),
};
