import type { ServingModel, ServingOptions } from "../../serving-model.ts";
import { decodeFlatModel } from "../predict/flat-codec.ts";
import { FlatPredictor } from "../predict/flat-predictor.ts";
import { XgboostServing } from "./xgboost-serving.ts";

/** A flat XGBoost model, ready to answer. Throws ModelFormatError for anything malformed. */
export function decodeXgboostServing(bytes: Uint8Array, options: ServingOptions): ServingModel {
  const model = decodeFlatModel(bytes);
  const { objective, classes, features } = model;
  return new XgboostServing({ objective, classes, features, predictor: new FlatPredictor(model) }, options);
}
