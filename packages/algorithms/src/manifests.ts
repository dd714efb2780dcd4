import type { AlgorithmManifest } from "./manifest/algorithm-manifest.ts";
import { xgboostManifest } from "./xgboost/manifest/xgboost-manifest.ts";

export type {
  AlgorithmManifest,
  ChannelDeclaration,
  ImageDeclaration,
  MetricDeclaration,
} from "./manifest/algorithm-manifest.ts";
export type { HyperparameterDeclaration, HyperparameterKind, TunableRange } from "./manifest/hyperparameter.ts";
export type { Interval } from "./manifest/interval.ts";
export {
  type Hyperparameters,
  type HyperparameterValue,
  validateHyperparameters,
} from "./manifest/validate-hyperparameters.ts";
export { AlgorithmError, failureKind, type FailureKind, PlatformError, UserError } from "./failures.ts";

/** Manifests of all built-in algorithms, by the algorithm's name. */
export const manifests: Readonly<Record<string, AlgorithmManifest>> = { xgboost: xgboostManifest };
