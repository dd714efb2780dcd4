import { UserError } from "../../failures.ts";
import type { Hyperparameters } from "../../manifest/validate-hyperparameters.ts";

/** Checks what one hyperparameter demands of another, with the messages of AWS's container. Throws UserError. */
export function checkDependencies(given: Hyperparameters): void {
  checkObjective(given);
  checkMetrics(given);
  checkConstraints(given);
  checkUpdaters(given);
}

function checkObjective(given: Hyperparameters): void {
  const objective = textOf(given, "objective");
  if ((objective === "multi:softmax" || objective === "multi:softprob") && !given.has("num_class")) {
    throw new UserError("Require input for parameter 'num_class' for multi-classification");
  }
  if (objective === undefined && given.has("num_class")) {
    throw new UserError(
      "Do not need to setup parameter 'num_class' for learning task other than multi-classification.",
    );
  }
}

function checkMetrics(given: Hyperparameters): void {
  const metrics = listOf(given, "eval_metric");
  const objective = textOf(given, "objective") ?? "reg:squarederror";
  const ranksOrClassifies = ["binary:", "rank:", "multi:"].some((prefix) => objective.startsWith(prefix));
  if (metrics.includes("auc") && !ranksOrClassifies) {
    throw new UserError("Metric 'auc' can only be applied for classification and ranking problems.");
  }
  if (metrics.includes("aft-nloglik") && objective !== "survival:aft") {
    throw new UserError("Metric 'aft-nloglik' can only be applied for 'survival:aft' objective.");
  }
}

function checkConstraints(given: Hyperparameters): void {
  const treeMethod = textOf(given, "tree_method") ?? "";
  if (given.has("monotone_constraints") && !["exact", "hist"].includes(treeMethod)) {
    throw new UserError(
      "monotone_constraints can be used only when the tree_method parameter is set to either 'exact' or 'hist'.",
    );
  }
  if (given.has("interaction_constraints") && !["exact", "hist", "approx"].includes(treeMethod)) {
    throw new UserError(
      "interaction_constraints can be used only when the tree_method parameter is set to either 'exact', 'hist' or 'approx'.",
    );
  }
}

const LINEAR_UPDATERS = ["shotgun", "coord_descent"];
const UPDATE_UPDATERS = ["refresh", "prune"];
const GROWING_UPDATERS = [
  "grow_colmaker",
  "distcol",
  "grow_histmaker",
  "grow_local_histmaker",
  "grow_quantile_histmaker",
];

function checkUpdaters(given: Hyperparameters): void {
  const updaters = listOf(given, "updater");
  if (updaters.length === 0) {
    return;
  }
  if (textOf(given, "booster") === "gblinear") {
    if (updaters.length !== 1 || !LINEAR_UPDATERS.includes(updaters[0] ?? "")) {
      throw new UserError(`Linear updater should be one of these options: 'shotgun', 'coord_descent'.`);
    }
  } else if (textOf(given, "process_type") === "update") {
    if (!updaters.every((updater) => UPDATE_UPDATERS.includes(updater))) {
      throw new UserError("process_type 'update' can only be used with updater 'refresh' and 'prune'");
    }
  } else {
    checkTreeUpdaters(updaters);
  }
}

function checkTreeUpdaters(updaters: readonly string[]): void {
  if (updaters.some((updater) => LINEAR_UPDATERS.includes(updater))) {
    throw new UserError(
      "Tree updater should be selected from these options: 'grow_colmaker', 'distcol', 'grow_histmaker', " +
        "'grow_local_histmaker', 'grow_skmaker', 'grow_quantile_histmaker', 'sync', 'refresh', 'prune', " +
        "'shortgun', 'coord_descent'.",
    );
  }
  if (updaters.filter((updater) => GROWING_UPDATERS.includes(updater)).length > 1) {
    throw new UserError(
      "Only one tree grow plugin can be selected. Choose one from the" +
        "following: 'grow_colmaker', 'distcol', 'grow_histmaker', 'grow_local_histmaker', 'grow_skmaker'",
    );
  }
}

function textOf(given: Hyperparameters, name: string): string | undefined {
  const value = given.get(name);
  return typeof value === "string" ? value : undefined;
}

function listOf(given: Hyperparameters, name: string): readonly string[] {
  const value = given.get(name);
  return Array.isArray(value) ? value.map(String) : [];
}
