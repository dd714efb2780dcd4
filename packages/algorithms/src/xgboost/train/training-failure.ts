import { AlgorithmError, UserError } from "../../failures.ts";
import type { XgboostError } from "../library/native-library.ts";

/** Parts of the library's messages that speak of the user's data and parameters. AWS's container has such a list, too. */
const USER_MISTAKES = [
  "label must be",
  "with binary labels",
  "labels are not correctly provided",
  "Label contains NaN",
  "Input data contains",
  "base_score must be in",
  "preds.size() == info.labels",
  "Invalid shape of labels",
  "the dataset only contains pos or neg samples",
  "Parameter reg_lambda should be greater equal to 0",
  "Number of columns does not match",
  "feature_names mismatch",
  // How the library's parameter parser begins: what is in a manifest's range may still not fit a 32-bit number.
  "Invalid Parameter format for",
  "Out of range value for",
  "for Parameter ",
  "can not be used to modify existing trees",
  "doesn't support unlimited depth",
  "labels_lower_bound_",
];

/** Messages that newer libraries word differently from those of the images; users paste the old ones into searches. */
const WORDINGS: readonly (readonly [newer: string, image: string])[] = [
  ["label must be in (0, 1) for logistic regression", "label must be in [0,1] for logistic regression"],
  [
    "Check failed: valid: SoftmaxMultiClassObj: label must be discrete values in the range of [0, num_class).",
    "SoftmaxMultiClassObj: label must be in [0, num_class).",
  ],
  ["label must be non-negative for Poisson/Tweedie regression.", "PoissonRegression: label must be nonnegative"],
  ["base_score must be in (0,1) for the logistic loss", "base_score must be in (0,1) for logistic loss"],
];

/** Whose turn it is when the library refuses to train. */
export function trainingFailure(error: XgboostError): UserError | AlgorithmError {
  const message = WORDINGS.reduce((text, [newer, image]) => text.replace(newer, image), error.message);
  if (USER_MISTAKES.some((mistake) => message.includes(mistake))) {
    return new UserError(message, { cause: error });
  }
  return new AlgorithmError(`XGB train call failed with exception:\n ${message}`, { cause: error });
}
