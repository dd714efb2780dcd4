import {
  type BoosterModel,
  type LinearBooster,
  ModelFormatError,
  type ObjectiveParameters,
  type Tree,
  type TreeBooster,
} from "./booster-model.ts";
import {
  arrayAt,
  asObject,
  integerAt,
  type JsonObject,
  numberListAt,
  numbersAt,
  objectAt,
  textAt,
} from "./json-access.ts";

/** Reads the library's JSON document (parsed from JSON or UBJSON). Throws ModelFormatError. */
export function modelFromDocument(document: unknown): BoosterModel {
  const learner = objectAt(asObject(document, "model"), "learner");
  const parameters = objectAt(learner, "learner_model_param");
  const objective = objectAt(learner, "objective");
  return {
    objective: textAt(objective, "name"),
    objectiveParameters: objectiveParameters(objective),
    attributes: readAttributes(learner),
    features: integerAt(parameters, "num_feature"),
    classes: integerAt(parameters, "num_class", 0),
    targets: integerAt(parameters, "num_target", 1),
    baseScores: numberListAt(parameters, "base_score"),
    booster: readBooster(objectAt(learner, "gradient_booster")),
  };
}

/** The groups of parameters beside an objective's name. */
export function objectiveParameters(objective: JsonObject): ObjectiveParameters {
  const groups = Object.keys(objective).filter((name) => name !== "name" && typeof objective[name] === "object");
  return Object.fromEntries(groups.map((name) => [name, textsOf(objectAt(objective, name))]));
}

function textsOf(members: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, String(value)]));
}

function readAttributes(learner: JsonObject): Record<string, string> {
  return learner["attributes"] === undefined ? {} : textsOf(objectAt(learner, "attributes"));
}

function readBooster(booster: JsonObject): TreeBooster | LinearBooster {
  switch (textAt(booster, "name")) {
    case "gblinear": {
      const model = objectAt(booster, "model");
      return {
        kind: "linear",
        weights: Float32Array.from(numbersAt(model, "weights")),
        rounds: integerAt(model, "boosted_rounds", 0),
      };
    }
    case "dart":
      return {
        ...readTrees(objectAt(booster, "gbtree")),
        weights: Float32Array.from(numbersAt(booster, "weight_drop")),
      };
    case "gbtree":
      return readTrees(booster);
    default:
      throw new ModelFormatError(`unknown booster '${textAt(booster, "name")}'`);
  }
}

function readTrees(booster: JsonObject): TreeBooster {
  const model = objectAt(booster, "model");
  return {
    kind: "trees",
    trees: arrayAt(model, "trees").map((tree) => readTree(asObject(tree, "tree"))),
    groups: Int32Array.from(numbersAt(model, "tree_info")),
    parallelTrees: integerAt(objectAt(model, "gbtree_model_param"), "num_parallel_tree", 1) || 1,
  };
}

function readTree(tree: JsonObject): Tree {
  const int32 = (name: string): Int32Array => Int32Array.from(numbersAt(tree, name));
  const float32 = (name: string): Float32Array => Float32Array.from(numbersAt(tree, name));
  const splitTypes = tree["split_type"] === undefined ? [] : numbersAt(tree, "split_type");
  return {
    left: int32("left_children"),
    right: int32("right_children"),
    parents: int32("parents"),
    splitColumns: int32("split_indices"),
    values: float32("split_conditions"),
    defaultLeft: Uint8Array.from(numbersAt(tree, "default_left")),
    lossChanges: float32("loss_changes"),
    hessianSums: float32("sum_hessian"),
    baseWeights: float32("base_weights"),
    deletedNodes: integerAt(objectAt(tree, "tree_param"), "num_deleted", 0),
    categorical: splitTypes.some((type) => type !== 0),
  };
}
