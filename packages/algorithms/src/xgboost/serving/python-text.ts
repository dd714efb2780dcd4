import { pythonFloat } from "../../text/python-float.ts";

/** What an answer is made of, as Python has it. */
export type PythonValue = number | string | readonly PythonValue[] | PythonObject | PythonInteger;

/** An object with its members in order. */
export interface PythonObject {
  readonly members: readonly (readonly [name: string, value: PythonValue])[];
}

/** A whole number that Python prints without a point. */
interface PythonInteger {
  readonly integer: number;
}

/** `str(value)`: floats as Python prints them, lists as `[0.1, 0.9]`. */
export function pythonString(value: PythonValue): string {
  if (typeof value === "number") {
    return pythonFloat(value);
  }
  if (typeof value === "string") {
    return value;
  }
  if ("integer" in value) {
    return String(value.integer);
  }
  return "members" in value ? pythonJson(value) : `[${value.map((item) => pythonString(item)).join(", ")}]`;
}

/** `json.dumps(value)`, with its blanks after `,` and `:`, and `NaN` for what is not a number. */
export function pythonJson(value: PythonValue): string {
  if (typeof value === "number") {
    return Number.isNaN(value) ? "NaN" : pythonFloat(value);
  }
  if (typeof value === "string") {
    return JSON.stringify(value);
  }
  if ("integer" in value) {
    return String(value.integer);
  }
  if ("members" in value) {
    return `{${value.members.map(([name, member]) => `${JSON.stringify(name)}: ${pythonJson(member)}`).join(", ")}}`;
  }
  return `[${value.map((item) => pythonJson(item)).join(", ")}]`;
}
