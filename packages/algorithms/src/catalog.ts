import type { Algorithm } from "./algorithm.ts";
import { createXgboost } from "./xgboost/xgboost.ts";

export type {
  Algorithm,
  LoadedModel,
  LoadOptions,
  MeetingPoint,
  TrainingChannel,
  TrainingContext,
} from "./algorithm.ts";
export { AlgorithmError, failureKind, type FailureKind, PlatformError, UserError } from "./failures.ts";

/** All built-in algorithms, by name. For worker processes: training and loading bring in native code. */
export const algorithms: Readonly<Record<string, Algorithm>> = {
  xgboost: createXgboost(process.env),
};
