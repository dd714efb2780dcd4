export type { Algorithm, LoadedModel, LoadOptions, MeetingPoint, TrainingChannel, TrainingContext } from "./algorithm.ts";
export { AlgorithmError, failureKind, type FailureKind, PlatformError, UserError } from "./failures.ts";
