import { UserError } from "../failures.ts";
import { pythonFloat } from "../text/python-float.ts";
import type { HyperparameterDeclaration } from "./hyperparameter.ts";
import { describeInterval, type Interval, intervalContains } from "./interval.ts";

/** A value after reading; lists keep their text, which is what libraries take. */
export type HyperparameterValue = string | number | readonly string[];

/** Validated hyperparameters under their main names. */
export type Hyperparameters = ReadonlyMap<string, HyperparameterValue>;

/**
 * Checks a job's hyperparameters against their declarations, in the order and with the messages of AWS's algorithm toolkit:
 * required ones first, then unknown names and unreadable values, then ranges. Throws UserError.
 */
export function validateHyperparameters(
  declarations: readonly HyperparameterDeclaration[],
  given: Readonly<Record<string, string>>,
): Hyperparameters {
  const named = resolveAliases(declarations, given);
  for (const { name, required } of declarations) {
    if (required === true && !named.has(name)) {
      throw new UserError(`Missing required hyperparameter: ${name}`);
    }
  }
  const byName = new Map(declarations.map((declaration) => [declaration.name, declaration]));
  const values = new Map<string, HyperparameterValue>();
  for (const [name, text] of named) {
    const declaration = byName.get(name);
    if (declaration === undefined) {
      throw new UserError(`Extraneous hyperparameter found: ${name}`);
    }
    values.set(name, parse(declaration, text));
  }
  for (const [name, value] of values) {
    const declaration = byName.get(name);
    if (declaration !== undefined) {
      checkRange(declaration, value);
    }
  }
  return values;
}

function resolveAliases(
  declarations: readonly HyperparameterDeclaration[],
  given: Readonly<Record<string, string>>,
): Map<string, string> {
  const mainNames = new Map(declarations.flatMap(({ name, aliases = [] }) => aliases.map((alias) => [alias, name])));
  return new Map(Object.entries(given).map(([name, value]) => [mainNames.get(name) ?? name, value]));
}

function parse(declaration: HyperparameterDeclaration, text: string): HyperparameterValue {
  switch (declaration.kind.type) {
    case "Integer":
      return parseNumber(declaration, text, /^\s*[+-]?\d+\s*$/);
    case "Continuous":
      return parseNumber(declaration, text, /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/);
    case "CommaSeparatedList":
      return text.split(",").map((item) => item.trim());
    case "Categorical":
    case "Tuple":
    case "NestedList":
      return text;
  }
}

function parseNumber({ name }: HyperparameterDeclaration, text: string, pattern: RegExp): number {
  if (!pattern.test(text)) {
    throw new UserError(`Hyperparameter ${name}: could not parse value (caused by ValueError)`);
  }
  return Number(text);
}

function checkRange({ name, kind }: HyperparameterDeclaration, value: HyperparameterValue): void {
  switch (kind.type) {
    case "Integer":
    case "Continuous":
      return checkInterval(name, kind.range, Number(value), kind.type === "Continuous");
    case "Categorical":
      if (!kind.values.includes(String(value))) {
        throw new UserError(`Hyperparameter ${name}: ${String(value)} is not in ${pythonList(kind.values)}`);
      }
      return;
    case "CommaSeparatedList": {
      const items = Array.isArray(value) ? value.map(String) : [String(value)];
      if (!items.every((item) => kind.values.includes(item) || kind.allows?.(item) === true)) {
        throw notInRange(name, pythonList(items), pythonList(kind.values));
      }
      return;
    }
    case "Tuple":
      return checkNumbers(name, String(value), (number) => kind.values.includes(number), `[${kind.values.join(", ")}]`);
    case "NestedList":
      return checkNumbers(name, String(value), (n) => intervalContains(kind.range, n), describeInterval(kind.range));
  }
}

function checkInterval(name: string, range: Interval, value: number, continuous: boolean): void {
  if (!intervalContains(range, value)) {
    const shown = continuous ? pythonFloat(value) : String(value);
    throw new UserError(`Hyperparameter ${name}: ${shown} is not in ${describeInterval(range)}`);
  }
}

function checkNumbers(name: string, text: string, allowed: (value: number) => boolean, range: string): void {
  // `(1,0,-1)` or `[[0,1],[2,3]]`: brackets, commas, blanks and integers, nothing that would need evaluating.
  if (!/^[\s()[\],\d+-]*$/.test(text)) {
    throw new UserError(`Hyperparameter ${name}: could not parse value (caused by ValueError)`);
  }
  const numbers = [...text.matchAll(/[+-]?\d+/g)].map(([digits]) => Number(digits));
  if (!numbers.every(allowed)) {
    throw notInRange(name, text, range);
  }
}

function notInRange(name: string, value: string, range: string): UserError {
  return new UserError(`Hyperparameter ${name}: value ${value} not in range ${range}`);
}

/** Strings as Python prints a list of them. */
function pythonList(values: readonly string[]): string {
  return `[${values.map((value) => `'${value}'`).join(", ")}]`;
}
