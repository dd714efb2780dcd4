import {
  isStructure,
  type ListShape,
  type MapShape,
  type Member,
  type ScalarShape,
  type Shape,
  type StructureShape,
} from "../model/shape.ts";
import { scalarChecks, sizeChecks, type ValueCheck } from "./value-checks.ts";
import { printedValue, type Violation } from "./violation.ts";

/**
 * Adds what is wrong with a value. The path is in two parts because it is put together only for structures and for what
 * is wrong.
 */
export type Check = (value: unknown, parent: string, segment: string, found: Violation[]) => void;

const compiled = new WeakMap<Shape, Check | "begun" | "nothing">();

/** The check of a shape; undefined when no value of it can be wrong. */
export function checkOf(shape: Shape): Check | undefined {
  const known = compiled.get(shape);
  if (known === "begun") {
    // A shape that contains itself: look its check up when it is needed.
    return (...values) => checkOf(shape)?.(...values);
  }
  if (known !== undefined) {
    return known === "nothing" ? undefined : known;
  }
  compiled.set(shape, "begun");
  const check = compile(shape);
  compiled.set(shape, check ?? "nothing");
  return check;
}

function compile(shape: Shape): Check | undefined {
  if (isStructure(shape)) {
    return structureCheck(shape);
  }
  if (shape.type === "list") {
    return listCheck(shape);
  }
  return shape.type === "map" ? mapCheck(shape) : valueCheck(scalarChecks(shape), shape.sensitive ?? false, shape);
}

function join(parent: string, segment: string): string {
  return parent === "" ? segment : `${parent}.${segment}`;
}

/** AWS prints paths in camel case, whatever case a service's members have. */
function camelCase(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

function structureCheck(shape: StructureShape): Check | undefined {
  const members = shape.members
    .map((member) => ({
      name: member.name,
      segment: camelCase(member.name),
      required: member.required && !isFilledIn(member),
      check: checkOf(member.shape),
    }))
    .filter(({ required, check }) => required || check !== undefined);
  if (members.length === 0) {
    return undefined;
  }
  return (value, parent, segment, found) => {
    const source = value as Readonly<Record<string, unknown>>;
    const path = join(parent, segment);
    for (const member of members) {
      const content = source[member.name];
      if (content !== undefined && content !== null) {
        member.check?.(content, path, member.segment, found);
      } else if (member.required) {
        found.push({
          path: join(path, member.segment),
          value: undefined,
          constraint: "Member must not be null",
          missing: true,
        });
      }
    }
  };
}

/** A payload of bytes is never null: without a body it is empty. */
function isFilledIn({ httpPayload, shape }: Member): boolean {
  return httpPayload === true && shape.type === "blob";
}

/** Reports each check that a value breaks. */
function valueCheck(checks: readonly ValueCheck[], hidden: boolean, shape: Shape): Check | undefined {
  if (checks.length === 0) {
    return undefined;
  }
  const printed = (value: unknown): string | undefined =>
    hidden || shape.type === "blob" ? undefined : printedValue(value);
  return (value, parent, segment, found) => {
    for (const { constraint, holds } of checks) {
      if (!holds(value)) {
        found.push({ path: join(parent, segment), value: printed(value), constraint, missing: false });
      }
    }
  };
}

function listCheck(shape: ListShape): Check | undefined {
  const size = valueCheck(sizeChecks(shape), false, shape);
  const content = shape.member.shape;
  const items = isComposite(content)
    ? itemsCheck(checkOf(content))
    : contentCheck(content, "Member must satisfy constraint", (value) => value as readonly unknown[]);
  return both(size, items);
}

function itemsCheck(check: Check | undefined): Check | undefined {
  return check === undefined
    ? undefined
    : (value, parent, segment, found) => {
        for (const [i, item] of (value as readonly unknown[]).entries()) {
          check(item, join(parent, segment), `${i + 1}.member`, found);
        }
      };
}

function mapCheck(shape: MapShape): Check | undefined {
  const size = valueCheck(sizeChecks(shape), false, shape);
  const keys = isComposite(shape.key.shape)
    ? undefined
    : contentCheck(shape.key.shape, "Map keys must satisfy constraint", (value) => Object.keys(value as object));
  const content = shape.value.shape;
  const values = isComposite(content)
    ? entriesCheck(checkOf(content))
    : contentCheck(content, "Map value must satisfy constraint", (value) => Object.values(value as object));
  return both(both(size, keys), values);
}

function entriesCheck(check: Check | undefined): Check | undefined {
  return check === undefined
    ? undefined
    : (value, parent, segment, found) => {
        for (const [key, content] of Object.entries(value as object)) {
          check(content, join(parent, segment), `${key}.member`, found);
        }
      };
}

function isComposite(shape: Shape): shape is Exclude<Shape, ScalarShape> {
  return isStructure(shape) || shape.type === "list" || shape.type === "map";
}

/**
 * Scalars in a list or map are reported once, at the list's own path, with all constraints of their shape in brackets:
 * lengths first, then pattern and values (seen on `hyperParameters` and `securityGroupIds`).
 */
function contentCheck(
  shape: ScalarShape,
  introduction: string,
  contentsOf: (value: unknown) => readonly unknown[],
): Check | undefined {
  const own = scalarChecks(shape);
  if (own.length === 0) {
    return undefined;
  }
  const isLength = ({ constraint }: ValueCheck): boolean => constraint.includes(" length ");
  const listed = [...own.filter(isLength), ...own.filter((check) => !isLength(check))];
  const constraint = `${introduction}: [${listed.map((check) => check.constraint).join(", ")}]`;
  const isBroken = (content: unknown): boolean => own.some(({ holds }) => !holds(content));
  return (value, parent, segment, found) => {
    if (contentsOf(value).some(isBroken)) {
      const printed = shape.sensitive === true ? undefined : printedValue(value);
      found.push({ path: join(parent, segment), value: printed, constraint, missing: false });
    }
  };
}

function both(first: Check | undefined, second: Check | undefined): Check | undefined {
  if (first === undefined || second === undefined) {
    return first ?? second;
  }
  return (...values) => {
    first(...values);
    second(...values);
  };
}
