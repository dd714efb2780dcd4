import type { BoosterModel, LinearBooster, Tree, TreeBooster } from "./booster-model.ts";
import { UbjsonFloat, type UbjsonValue, writeUbjson } from "./write-ubjson.ts";

/** Release whose documents this follows; every later library reads it. */
const DOCUMENT_VERSION = [1, 7, 6];

/** A model as UBJSON, for libraries that cannot read its artifact's form. */
export function modelToUbjson(model: BoosterModel): Buffer {
  return writeUbjson({
    version: DOCUMENT_VERSION,
    learner: {
      attributes: model.attributes,
      feature_names: [],
      feature_types: [],
      gradient_booster: boosterDocument(model),
      learner_model_param: {
        base_score: baseScoreText(model.baseScores),
        boost_from_average: "1",
        num_class: String(model.classes),
        num_feature: String(model.features),
        num_target: String(model.targets),
      },
      objective: { name: model.objective, ...model.objectiveParameters },
    },
  });
}

// A list only where it must be: libraries before 3.1 do not know one.
function baseScoreText(scores: readonly number[]): string {
  return scores.length === 1 ? String(scores[0]) : `[${scores.join(",")}]`;
}

function boosterDocument(model: BoosterModel): UbjsonValue {
  const { booster } = model;
  if (booster.kind === "linear") {
    return linearDocument(booster);
  }
  const trees = { name: "gbtree", model: treesDocument(booster, model.features) };
  return booster.weights === undefined
    ? trees
    : { name: "dart", gbtree: trees, weight_drop: Array.from(booster.weights, (weight) => new UbjsonFloat(weight)) };
}

function linearDocument({ weights, rounds }: LinearBooster): UbjsonValue {
  return { name: "gblinear", model: { weights, boosted_rounds: rounds } };
}

function treesDocument({ trees, groups, parallelTrees }: TreeBooster, features: number): UbjsonValue {
  return {
    gbtree_model_param: {
      num_trees: String(trees.length),
      num_parallel_tree: String(parallelTrees),
      size_leaf_vector: "0",
    },
    tree_info: Array.from(groups),
    trees: trees.map((tree, id) => treeDocument(tree, id, features)),
  };
}

function treeDocument(tree: Tree, id: number, features: number): UbjsonValue {
  return {
    id,
    tree_param: {
      num_nodes: String(tree.left.length),
      num_feature: String(features),
      num_deleted: String(tree.deletedNodes),
      size_leaf_vector: "0",
    },
    left_children: tree.left,
    right_children: tree.right,
    parents: tree.parents,
    split_indices: tree.splitColumns,
    split_conditions: tree.values,
    default_left: tree.defaultLeft,
    split_type: new Uint8Array(tree.left.length),
    loss_changes: tree.lossChanges,
    sum_hessian: tree.hessianSums,
    base_weights: tree.baseWeights,
    categories: new Int32Array(0),
    categories_nodes: new Int32Array(0),
    categories_segments: new BigInt64Array(0),
    categories_sizes: new BigInt64Array(0),
  };
}
