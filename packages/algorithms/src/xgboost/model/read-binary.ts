import {
  LEARNER_BYTES,
  LINEAR_BYTES,
  MAGIC,
  METRICS_ATTRIBUTE,
  NODE_BYTES,
  OBJECTIVE_ATTRIBUTE,
  STATISTICS_BYTES,
  TOP_BIT,
  TREE_BYTES,
  TREES_BYTES,
} from "./binary-layout.ts";
import {
  type BoosterModel,
  type LinearBooster,
  ModelFormatError,
  NO_PARENT,
  type ObjectiveParameters,
  type Tree,
  type TreeBooster,
} from "./booster-model.ts";
import { ByteReader } from "./byte-reader.ts";
import { objectiveParameters } from "./from-document.ts";
import { asObject } from "./json-access.ts";
import { baseScoreOf, transformationOf } from "../predict/objective.ts";

/** Reads the deprecated binary form of releases 0.72 to 2.0. Throws ModelFormatError. */
export function readBinaryModel(bytes: Uint8Array): BoosterModel {
  const reader = new ByteReader(bytes);
  if (Buffer.from(bytes.subarray(0, MAGIC.length)).toString("latin1") === MAGIC) {
    reader.skip(MAGIC.length);
  }
  const learner = readLearner(reader);
  const objective = readName(reader);
  const boosterName = readName(reader);
  const booster = readBooster(reader, boosterName);
  const stored = learner.extraAttributes ? readAttributes(reader) : {};
  const { [OBJECTIVE_ATTRIBUTE]: objectiveJson, [METRICS_ATTRIBUTE]: _metrics, ...attributes } = stored;
  return {
    objective,
    objectiveParameters: parseObjective(objectiveJson),
    attributes,
    features: learner.features,
    classes: learner.classes,
    targets: 1,
    baseScores: [baseScore(learner, objective)],
    booster,
  };
}

const MAX_NAME_BYTES = 64;

interface LearnerHead {
  readonly baseScore: number;
  readonly features: number;
  readonly classes: number;
  readonly extraAttributes: boolean;
  /** 0 for releases before 1.0, which did not write it. */
  readonly majorVersion: number;
}

function readLearner(reader: ByteReader): LearnerHead {
  const start = reader.position;
  const baseScore = reader.float32();
  const features = reader.uint32();
  const classes = reader.int32();
  const extraAttributes = reader.int32() !== 0;
  reader.skip(4);
  const majorVersion = reader.uint32();
  reader.position = start + LEARNER_BYTES;
  if (!Number.isFinite(baseScore) || classes < 0) {
    throw new ModelFormatError("the file is not an XGBoost model");
  }
  return { baseScore, features, classes, extraAttributes, majorVersion };
}

/** Releases before 1.0 stored the margin that they had made of it. */
function baseScore(learner: LearnerHead, objective: string): number {
  const transformation = transformationOf(objective);
  return learner.majorVersion > 0 || transformation === undefined
    ? learner.baseScore
    : baseScoreOf(transformation, learner.baseScore);
}

/** The first texts of the file: what is no model fails here. */
function readName(reader: ByteReader): string {
  const name = reader.text(MAX_NAME_BYTES);
  if (name === undefined || !/^[a-z0-9:_]+$/i.test(name)) {
    throw new ModelFormatError("the file is not an XGBoost model");
  }
  return name;
}

function readBooster(reader: ByteReader, name: string): TreeBooster | LinearBooster {
  switch (name) {
    case "gbtree":
      return readTrees(reader);
    case "dart": {
      const trees = readTrees(reader);
      return { ...trees, weights: trees.trees.length === 0 ? new Float32Array(0) : reader.float32List() };
    }
    case "gblinear":
      reader.skip(LINEAR_BYTES);
      return { kind: "linear", weights: reader.float32List(), rounds: 0 };
    default:
      throw new ModelFormatError(`unknown booster '${name}'`);
  }
}

function readTrees(reader: ByteReader): TreeBooster {
  const start = reader.position;
  const count = reader.int32();
  const parallelTrees = Math.max(1, reader.int32());
  reader.position = start + TREES_BYTES;
  if (count < 0 || count * TREE_BYTES > reader.remaining) {
    throw new ModelFormatError("the model declares an impossible number of trees");
  }
  const trees = Array.from({ length: count }, () => readTree(reader));
  return { kind: "trees", trees, groups: reader.int32Array(count), parallelTrees };
}

function readTree(reader: ByteReader): Tree {
  const start = reader.position;
  reader.skip(4);
  const count = reader.int32();
  const deleted = reader.int32();
  reader.skip(8);
  const leafVector = reader.int32();
  reader.position = start + TREE_BYTES;
  if (count < 1 || count * (NODE_BYTES + STATISTICS_BYTES) > reader.remaining) {
    throw new ModelFormatError("the model declares an impossible number of nodes");
  }
  const tree = emptyTree(count, deleted);
  for (let node = 0; node < count; node++) {
    readNode(reader, tree, node);
  }
  for (let node = 0; node < count; node++) {
    tree.lossChanges[node] = reader.float32();
    tree.hessianSums[node] = reader.float32();
    tree.baseWeights[node] = reader.float32();
    reader.skip(4);
  }
  if (leafVector > 0) {
    reader.float32List();
  }
  return tree;
}

function readNode(reader: ByteReader, tree: Tree, node: number): void {
  const parent = reader.uint32();
  tree.parents[node] = parent === 0xffff_ffff ? NO_PARENT : parent & ~TOP_BIT;
  tree.left[node] = reader.int32();
  tree.right[node] = reader.int32();
  const column = reader.uint32();
  tree.defaultLeft[node] = column >= TOP_BIT ? 1 : 0;
  tree.splitColumns[node] = column & ~TOP_BIT;
  tree.values[node] = reader.float32();
}

function emptyTree(nodes: number, deletedNodes: number): Tree {
  return {
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    parents: new Int32Array(nodes),
    splitColumns: new Int32Array(nodes),
    values: new Float32Array(nodes),
    defaultLeft: new Uint8Array(nodes),
    lossChanges: new Float32Array(nodes),
    hessianSums: new Float32Array(nodes),
    baseWeights: new Float32Array(nodes),
    deletedNodes,
    categorical: false,
  };
}

function readAttributes(reader: ByteReader): Record<string, string> {
  const pairs = Array.from(
    { length: reader.listLength(16) },
    () => [reader.text() ?? "", reader.text() ?? ""] as const,
  );
  return Object.fromEntries(pairs);
}

function parseObjective(json: string | undefined): ObjectiveParameters {
  if (json === undefined) {
    return {};
  }
  try {
    return objectiveParameters(asObject(JSON.parse(json), "objective"));
  } catch (error) {
    throw new ModelFormatError("the model's objective is unreadable", { cause: error });
  }
}
