import {
  algorithms,
  failureKind,
  PlatformError,
  type TrainingChannel,
  type TrainingContext,
} from "@clary/algorithms/catalog";
import { type Channel, type Launch, mlRoot, runTraining, stopSignal, type TrainingJob } from "@clary/runtime";
import { begin } from "./control.ts";
import { printLine } from "./print-line.ts";

const stop = stopSignal();
const launch = await begin();
const code = await runTraining({
  root: mlRoot(process.env),
  stop,
  log: printLine,
  blame: failureKind,
  train: async (job) => {
    const algorithm = algorithms[launch.algorithm];
    if (algorithm === undefined) {
      throw new PlatformError(`this worker has no algorithm named ${launch.algorithm}`);
    }
    await algorithm.train(trainingContext(job, launch));
  },
});
process.exit(code);

function trainingContext(job: TrainingJob, { imageVersion, threads, meetingPoint }: Launch): TrainingContext {
  return {
    imageVersion,
    hyperparameters: job.hyperparameters,
    channels: job.channels.map(trainingChannel),
    modelDirectory: job.modelDirectory,
    outputDataDirectory: job.outputDataDirectory,
    ...(job.checkpointDirectory === undefined ? {} : { checkpointDirectory: job.checkpointDirectory }),
    hosts: job.resources.hosts,
    currentHost: job.resources.currentHost,
    ...(meetingPoint === undefined ? {} : { meetingPoint }),
    threads,
    stop: job.stop,
    now: () => new Date(),
    log: job.log,
  };
}

function trainingChannel(channel: Channel): TrainingChannel {
  return {
    name: channel.name,
    ...(channel.contentType === undefined ? {} : { contentType: channel.contentType }),
    inputMode: channel.inputMode,
    distribution: channel.distribution,
    displayPath: `/opt/ml/input/data/${channel.name}`,
    files: () => channel.files(),
    ...(channel.inputMode === "Pipe" ? { openPipe: (epoch: number) => channel.epoch(epoch) } : {}),
  };
}
