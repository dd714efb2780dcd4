import { ModelFormatError } from "../model/booster-model.ts";
import type { FlatModel } from "./flat-model.ts";
import { type Transformation, transformationOf } from "./objective.ts";

/** Bytes of a flat model: magic, length of the head (u4), the head as JSON, padding to 8, then the arrays of `ARRAYS`. */
const MAGIC = "CLXF1\n\0\0";
const ARRAYS = ["baseMargins", "splits", "children", "values", "roots", "treeGroups", "treeWeights", "linear"] as const;
const FLOATS: readonly string[] = ["baseMargins", "values", "treeWeights", "linear"];

interface Head {
  readonly objective: string;
  readonly classes: number;
  readonly features: number;
  readonly groups: number;
  readonly transformation: Transformation;
  /** Length of each array. */
  readonly lengths: readonly number[];
}

/** Column numbers are stored shifted by one bit. */
const MAX_FEATURES = 2 ** 30;
const MAX_GROUPS = 100_000;

export function encodeFlatModel(model: FlatModel): Uint8Array {
  const { objective, classes, features, groups, transformation } = model;
  const lengths = ARRAYS.map((name) => model[name].length);
  const json = JSON.stringify({ objective, classes, features, groups, transformation, lengths });
  const head = Buffer.alloc(Math.ceil((12 + Buffer.byteLength(json)) / 8) * 8);
  head.write(MAGIC, "latin1");
  head.writeUInt32LE(Buffer.byteLength(json), 8);
  head.write(json, 12);
  const arrays = ARRAYS.map((name) => {
    const array = model[name];
    return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  });
  return Buffer.concat([head, ...arrays]);
}

/**
 * Reads what {@link encodeFlatModel} wrote, checking everything that the predictor relies on: lengths, columns, groups,
 * and that children stand behind their parents inside their tree, so that no walk leaves the arrays or fails to end.
 * Throws ModelFormatError.
 */
export function decodeFlatModel(bytes: Uint8Array): FlatModel {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 12 || buffer.toString("latin1", 0, 8) !== MAGIC) {
    throw malformed("its first bytes");
  }
  const headLength = buffer.readUInt32LE(8);
  const head = readHead(buffer.subarray(12, 12 + headLength));
  let position = Math.ceil((12 + headLength) / 8) * 8;
  const arrays = new Map<string, Float32Array | Int32Array>();
  for (const [index, name] of ARRAYS.entries()) {
    const length = head.lengths[index] ?? 0;
    arrays.set(name, readArray(buffer, position, length, name));
    position += length * 4;
  }
  if (position !== buffer.length) {
    throw malformed("its length");
  }
  const model = assemble(head, arrays);
  checkModel(model);
  return model;
}

function readHead(bytes: Buffer): Head {
  let head: unknown;
  try {
    head = JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    throw new ModelFormatError("the flat model is malformed: its head", { cause: error });
  }
  if (!isHead(head) || transformationOf(head.objective) !== head.transformation) {
    throw malformed("its head");
  }
  return head;
}

function isHead(value: unknown): value is Head {
  if (typeof value !== "object" || value === null || !("objective" in value) || !("lengths" in value)) {
    return false;
  }
  const { objective, classes, features, groups, lengths } = value as Partial<Head>;
  return (
    typeof objective === "string" &&
    isCount(classes, MAX_GROUPS) &&
    isCount(features, MAX_FEATURES) &&
    isCount(groups, MAX_GROUPS) &&
    Array.isArray(lengths) &&
    lengths.length === ARRAYS.length &&
    lengths.every((length) => isCount(length, 2 ** 30))
  );
}

function isCount(value: unknown, max: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max;
}

function readArray(buffer: Buffer, start: number, length: number, name: string): Float32Array | Int32Array {
  if (start + length * 4 > buffer.length) {
    throw malformed("its length");
  }
  // A copy: typed arrays must begin at a multiple of four in their memory, the given bytes need not.
  const copy = Uint8Array.from(buffer.subarray(start, start + length * 4)).buffer;
  return FLOATS.includes(name) ? new Float32Array(copy) : new Int32Array(copy);
}

function assemble(head: Head, arrays: ReadonlyMap<string, Float32Array | Int32Array>): FlatModel {
  const floats = (name: string): Float32Array => Float32Array.from(arrays.get(name) ?? []);
  const integers = (name: string): Int32Array => Int32Array.from(arrays.get(name) ?? []);
  return {
    objective: head.objective,
    classes: head.classes,
    features: head.features,
    groups: head.groups,
    transformation: head.transformation,
    baseMargins: floats("baseMargins"),
    splits: integers("splits"),
    children: integers("children"),
    values: floats("values"),
    roots: integers("roots"),
    treeGroups: integers("treeGroups"),
    treeWeights: floats("treeWeights"),
    linear: floats("linear"),
  };
}

function checkModel(model: FlatModel): void {
  const { groups, features, baseMargins, linear, treeWeights, roots, treeGroups } = model;
  check(groups >= 1 && baseMargins.length === groups, "its groups");
  check(model.children.length === model.splits.length && model.values.length === model.splits.length, "its nodes");
  check(linear.length === 0 || (linear.length === (features + 1) * groups && roots.length === 0), "its weights");
  check(treeGroups.length === roots.length, "its trees");
  check(treeWeights.length === 0 || treeWeights.length === roots.length, "its weights");
  check(
    treeGroups.every((group) => group >= 0 && group < groups),
    "its groups",
  );
  for (const [tree, root] of roots.entries()) {
    const end = roots[tree + 1] ?? model.splits.length;
    check(root >= 0 && root < end && end <= model.splits.length, "its roots");
    checkTree(model, root, end);
  }
}

function checkTree({ splits, children, features }: FlatModel, start: number, end: number): void {
  for (let node = start; node < end; node++) {
    const split = splits[node] ?? -1;
    if (split === -1) {
      continue;
    }
    const child = children[node] ?? 0;
    check(split >= 0 && split >> 1 < features, "a column");
    check(child > node && child + 1 < end, "a child");
  }
}

function check(holds: boolean, what: string): void {
  if (!holds) {
    throw malformed(what);
  }
}

function malformed(what: string): ModelFormatError {
  return new ModelFormatError(`the flat model is malformed: ${what}`);
}
