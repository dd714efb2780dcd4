import type { Algorithm } from "./algorithm.ts";

export type {
  Algorithm,
  LoadedModel,
  LoadOptions,
  MeetingPoint,
  TrainingChannel,
  TrainingContext,
} from "./algorithm.ts";
export { AlgorithmError, failureKind, type FailureKind, PlatformError, UserError } from "./failures.ts";

/** All built-in algorithms, by name; the workers look theirs up here. */
export const algorithms: Readonly<Record<string, Algorithm>> = {};
