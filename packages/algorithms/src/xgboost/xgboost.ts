import type { Algorithm } from "../algorithm.ts";
import type { Environment } from "./library/environment.ts";
import { load } from "./load.ts";
import { train } from "./train/train.ts";

/** XGBoost as an algorithm of the catalog. */
export function createXgboost(environment: Environment): Algorithm {
  return {
    train: (context) => train(context, environment),
    load: (modelDirectory, options) => load(modelDirectory, options, environment),
  };
}
