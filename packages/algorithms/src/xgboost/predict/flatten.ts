import {
  bestRounds,
  type BoosterModel,
  ModelFormatError,
  outputGroups,
  type Tree,
  type TreeBooster,
} from "../model/booster-model.ts";
import type { FlatModel } from "./flat-model.ts";
import { baseMargin, transformationOf } from "./objective.ts";

/**
 * Lays a model out for the flat predictor, up to its best round. Undefined when only the library can predict with it:
 * splits on categories, an unknown objective. Throws ModelFormatError for trees that are none.
 */
export function flattenModel(model: BoosterModel): FlatModel | undefined {
  const transformation = transformationOf(model.objective);
  const { booster } = model;
  if (transformation === undefined || (booster.kind === "trees" && booster.trees.some((tree) => tree.categorical))) {
    return undefined;
  }
  const groups = outputGroups(model);
  const head = {
    objective: model.objective,
    classes: model.classes,
    features: model.features,
    groups,
    transformation,
    baseMargins: Float32Array.from({ length: groups }, (_, group) =>
      baseMargin(transformation, model.baseScores[group] ?? model.baseScores[0] ?? 0.5),
    ),
  };
  if (booster.kind === "linear") {
    return { ...head, ...layOut(NO_TREES, head), linear: booster.weights };
  }
  const rounds = bestRounds(model);
  const count =
    rounds === 0 ? booster.trees.length : Math.min(booster.trees.length, rounds * groups * booster.parallelTrees);
  return { ...head, ...layOut(firstTrees(booster, count), head), linear: new Float32Array(0) };
}

const NO_TREES: TreeBooster = { kind: "trees", trees: [], groups: new Int32Array(0), parallelTrees: 1 };

function firstTrees(booster: TreeBooster, count: number): TreeBooster {
  return {
    ...booster,
    trees: booster.trees.slice(0, count),
    groups: booster.groups.slice(0, count),
    ...(booster.weights === undefined ? {} : { weights: booster.weights.slice(0, count) }),
  };
}

type Layout = Pick<FlatModel, "splits" | "children" | "values" | "roots" | "treeGroups" | "treeWeights">;

function layOut(booster: TreeBooster, { groups, features }: { groups: number; features: number }): Layout {
  const nodes = booster.trees.reduce((sum, tree) => sum + tree.left.length, 0);
  const layout = {
    splits: new Int32Array(nodes),
    children: new Int32Array(nodes),
    values: new Float32Array(nodes),
    roots: new Int32Array(booster.trees.length),
    treeGroups: booster.groups,
    treeWeights: booster.weights ?? new Float32Array(0),
  };
  if (booster.groups.length !== booster.trees.length || booster.groups.some((group) => group < 0 || group >= groups)) {
    throw new ModelFormatError("the model's trees belong to no output group");
  }
  let next = 0;
  for (const [index, tree] of booster.trees.entries()) {
    layout.roots[index] = next;
    next = layOutTree(tree, layout, next, features);
  }
  // Pruned trees keep unused nodes in the artifact; only what a root reaches was laid out.
  return {
    ...layout,
    splits: layout.splits.slice(0, next),
    children: layout.children.slice(0, next),
    values: layout.values.slice(0, next),
  };
}

/** Lays one tree out breadth first from `start`; gives the index behind its last node. */
function layOutTree(tree: Tree, layout: Layout, start: number, features: number): number {
  const order = [0];
  for (let visited = 0; visited < order.length; visited++) {
    const node = order[visited] ?? 0;
    const at = start + visited;
    const left = tree.left[node] ?? -1;
    layout.values[at] = tree.values[node] ?? 0;
    layout.splits[at] = left === -1 ? -1 : splitOf(tree, node, features);
    if (left !== -1) {
      layout.children[at] = start + order.length;
      order.push(left, tree.right[node] ?? -1);
    }
    // A node reached twice would make the order longer than the tree: cycles end here, too.
    if (order.length > tree.left.length) {
      throw brokenTree();
    }
  }
  return start + order.length;
}

function splitOf(tree: Tree, node: number, features: number): number {
  const column = tree.splitColumns[node] ?? -1;
  const children = [tree.left[node] ?? -1, tree.right[node] ?? -1];
  if (column < 0 || column >= features || children.some((child) => child < 1 || child >= tree.left.length)) {
    throw brokenTree();
  }
  return (column << 1) | (tree.defaultLeft[node] === 1 ? 1 : 0);
}

function brokenTree(): ModelFormatError {
  return new ModelFormatError("the model holds a tree that is none");
}
