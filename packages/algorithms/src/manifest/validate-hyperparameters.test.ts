import { describe, expect, it } from "vitest";
import { UserError } from "../failures.ts";
import { manifests } from "../manifests.ts";
import { checkDependencies } from "../xgboost/train/check-dependencies.ts";
import { validateHyperparameters } from "./validate-hyperparameters.ts";

const valid = { num_round: "10" };

function validate(given: Record<string, string>, version = "1.7-1"): ReturnType<typeof validateHyperparameters> {
  const values = validateHyperparameters(manifests["xgboost"]?.hyperparameters(version) ?? [], given);
  checkDependencies(values);
  return values;
}

describe("XGBoost's hyperparameters", () => {
  it("are read under their main names", () => {
    const values = validate({ num_round: "10", learning_rate: "0.5", reg_alpha: "1", eval_metric: "rmse, mae" });
    expect(Object.fromEntries(values)).toEqual({ num_round: 10, eta: 0.5, alpha: 1, eval_metric: ["rmse", "mae"] });
  });

  // As AWS's container says them.
  it.each([
    [{}, "Missing required hyperparameter: num_round"],
    [{ ...valid, foo: "1" }, "Extraneous hyperparameter found: foo"],
    [{ num_round: "many" }, "Hyperparameter num_round: could not parse value (caused by ValueError)"],
    [{ num_round: "1.5" }, "Hyperparameter num_round: could not parse value (caused by ValueError)"],
    [{ num_round: "0" }, "Hyperparameter num_round: 0 is not in [1, +inf)"],
    [{ ...valid, eta: "2" }, "Hyperparameter eta: 2.0 is not in [0, 1]"],
    [{ ...valid, subsample: "0" }, "Hyperparameter subsample: 0.0 is not in (0, 1]"],
    [{ ...valid, booster: "tree" }, "Hyperparameter booster: tree is not in ['gbtree', 'gblinear', 'dart']"],
    [
      { ...valid, monotone_constraints: "(1,2)", tree_method: "hist" },
      "Hyperparameter monotone_constraints: value (1,2) not in range [-1, 0, 1]",
    ],
    [
      { ...valid, monotone_constraints: "__import__('os')", tree_method: "hist" },
      "Hyperparameter monotone_constraints: could not parse value (caused by ValueError)",
    ],
    [{ ...valid, objective: "multi:softmax" }, "Require input for parameter 'num_class' for multi-classification"],
    [{ ...valid, eval_metric: "auc" }, "Metric 'auc' can only be applied for classification and ranking problems."],
    [
      { ...valid, monotone_constraints: "(1,0)" },
      "monotone_constraints can be used only when the tree_method parameter is set to either 'exact' or 'hist'.",
    ],
    [
      { ...valid, updater: "grow_colmaker,grow_histmaker" },
      "Only one tree grow plugin can be selected. Choose one from thefollowing: 'grow_colmaker', 'distcol', 'grow_histmaker', 'grow_local_histmaker', 'grow_skmaker'",
    ],
    [
      { ...valid, booster: "gblinear", updater: "prune" },
      "Linear updater should be one of these options: 'shotgun', 'coord_descent'.",
    ],
  ])("%j is refused", (given, message) => {
    expect(() => validate(given)).toThrow(new UserError(message));
  });

  it("may name unknown metrics nowhere", () => {
    expect(() => validate({ ...valid, eval_metric: "rmse,best" })).toThrow(
      /^Hyperparameter eval_metric: value \['rmse', 'best'\] not in range \['accuracy', /,
    );
    expect(() => validate({ ...valid, objective: "rank:ndcg", eval_metric: "ndcg@5,map@3-" })).not.toThrow();
  });

  it("differ by version", () => {
    expect(() => validate({ ...valid, silent: "1" }, "0.72")).not.toThrow();
    expect(() => validate({ ...valid, silent: "1" }, "1.7-1")).toThrow("Extraneous hyperparameter found: silent");
    expect(() => validate({ ...valid, verbosity: "1" }, "0.72")).toThrow("Extraneous hyperparameter found: verbosity");
  });

  it("have tuning ranges inside what is allowed", () => {
    const declarations = manifests["xgboost"]?.hyperparameters("1.7-1") ?? [];
    const outside = declarations.filter(
      ({ kind, tunable }) =>
        tunable !== undefined &&
        "range" in kind &&
        (tunable.min < (kind.range.min ?? -Infinity) || tunable.max > (kind.range.max ?? Infinity)),
    );
    expect(outside).toEqual([]);
    expect(declarations.filter(({ tunable }) => tunable !== undefined).map(({ name }) => name)).toContain("eta");
  });
});

describe("XGBoost's metrics", () => {
  const rmse = manifests["xgboost"]?.metricDefinitions("1.7-1").find(({ name }) => name === "validation:rmse");

  it("are found in log lines as CloudWatch shows them", () => {
    expect(rmse?.direction).toBe("Minimize");
    expect(new RegExp(rmse?.regex ?? "").exec("[12]#011train-rmse:1.2#011validation-rmse:3.94535")?.[1]).toBe(
      "3.94535",
    );
    expect(new RegExp(rmse?.regex ?? "").exec("[12]#011train-rmse:1.2")).toBeNull();
  });
});
