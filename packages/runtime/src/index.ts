export { type Channel, type ChannelFacts, openChannel } from "./channel.ts";
export { type Blame, writeFailure } from "./failure.ts";
export { type JobInput, type ResourceConfig, readJobInput } from "./job-input.ts";
export { type Launch, receiveLaunch } from "./launch.ts";
export { mlPaths, mlRoot } from "./ml-root.ts";
export { runTraining, type TrainingJob, type TrainingRun } from "./run-training.ts";
export {
  type ExecutionParameters,
  type ModelAnswer,
  type ModelRequest,
  type ModelServer,
  serveModel,
  type ServedModel,
  type ServeOptions,
} from "./serve-model.ts";
export { stopSignal } from "./stop-signal.ts";
