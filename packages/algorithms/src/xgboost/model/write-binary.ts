import {
  LEARNER_BYTES,
  LINEAR_BYTES,
  MAGIC,
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
  NO_PARENT,
  outputGroups,
  type Tree,
  type TreeBooster,
} from "./booster-model.ts";
import { ByteWriter } from "./byte-writer.ts";

/** Version written into the file; releases before 1.0 did not look at it. */
const WRITTEN_VERSION = [1, 7] as const;

/** The model in the deprecated binary form, which releases 1.0 to 3.0 read. Categorical splits and more than one base score
 * have no place in it. */
export function writeBinaryModel(model: BoosterModel): Buffer {
  const writer = new ByteWriter();
  writer.bytes(Buffer.from(MAGIC, "latin1"));
  writeLearner(writer, model);
  writer.text(model.objective);
  writeBooster(writer, model);
  const objective = JSON.stringify({ name: model.objective, ...model.objectiveParameters });
  const attributes = Object.entries({ ...model.attributes, [OBJECTIVE_ATTRIBUTE]: objective });
  writer.uint64(attributes.length);
  for (const [name, value] of attributes) {
    writer.text(name);
    writer.text(value);
  }
  return writer.toBuffer();
}

function writeLearner(writer: ByteWriter, model: BoosterModel): void {
  const [major, minor] = WRITTEN_VERSION;
  writer.float32(model.baseScores[0] ?? 0.5);
  writer.int32(model.features, model.classes, 1, 0, major, minor, model.targets, 1);
  writer.zeros(LEARNER_BYTES - 9 * 4);
}

function writeBooster(writer: ByteWriter, model: BoosterModel): void {
  const { booster } = model;
  if (booster.kind === "linear") {
    writer.text("gblinear");
    writeLinear(writer, booster, model);
    return;
  }
  writer.text(booster.weights === undefined ? "gbtree" : "dart");
  writeTrees(writer, booster, model.features);
  if (booster.weights !== undefined && booster.trees.length > 0) {
    writer.float32List(booster.weights);
  }
}

function writeLinear(writer: ByteWriter, { weights }: LinearBooster, model: BoosterModel): void {
  writer.int32(model.features, outputGroups(model));
  writer.zeros(LINEAR_BYTES - 2 * 4);
  writer.float32List(weights);
}

function writeTrees(writer: ByteWriter, { trees, groups, parallelTrees }: TreeBooster, features: number): void {
  writer.int32(trees.length, parallelTrees);
  writer.zeros(TREES_BYTES - 2 * 4);
  for (const tree of trees) {
    writeTree(writer, tree, features);
  }
  writer.bytes(groups);
}

function writeTree(writer: ByteWriter, tree: Tree, features: number): void {
  const nodes = tree.left.length;
  writer.int32(1, nodes, tree.deletedNodes, 0, features, 0);
  writer.zeros(TREE_BYTES - 6 * 4);
  writer.bytes(nodeRecords(tree));
  writer.bytes(statisticsRecords(tree));
}

// One buffer seen as both types: a record mixes integers and floats.
function nodeRecords(tree: Tree): Int32Array {
  const nodes = tree.left.length;
  const integers = new Int32Array((nodes * NODE_BYTES) / 4);
  const floats = new Float32Array(integers.buffer);
  for (let node = 0; node < nodes; node++) {
    const at = (node * NODE_BYTES) / 4;
    integers[at] = parentField(tree, node);
    integers[at + 1] = tree.left[node] ?? -1;
    integers[at + 2] = tree.right[node] ?? -1;
    integers[at + 3] = (tree.splitColumns[node] ?? 0) | (tree.defaultLeft[node] === 1 ? TOP_BIT : 0);
    floats[at + 4] = tree.values[node] ?? 0;
  }
  return integers;
}

function statisticsRecords(tree: Tree): Float32Array {
  const nodes = tree.left.length;
  const floats = new Float32Array((nodes * STATISTICS_BYTES) / 4);
  for (let node = 0; node < nodes; node++) {
    const at = (node * STATISTICS_BYTES) / 4;
    floats[at] = tree.lossChanges[node] ?? 0;
    floats[at + 1] = tree.hessianSums[node] ?? 0;
    floats[at + 2] = tree.baseWeights[node] ?? 0;
  }
  return floats;
}

function parentField(tree: Tree, node: number): number {
  const parent = tree.parents[node] ?? NO_PARENT;
  if (parent === NO_PARENT) {
    return -1;
  }
  return tree.left[parent] === node ? parent | TOP_BIT : parent;
}
