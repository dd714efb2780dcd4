import type { Algorithm } from "../algorithm.ts";
import type { Environment } from "./library/environment.ts";
import { load } from "./load.ts";
import { prepare } from "./prepare.ts";
import { train } from "./train/train.ts";

/** XGBoost as an algorithm of the catalog. */
export function createXgboost(environment: Environment): Algorithm {
  return {
    prepare: (version, log) => prepare(version, log, environment),
    train: (context) => train(context, environment),
    load: (modelDirectory, options) => load(modelDirectory, options, environment),
  };
}
