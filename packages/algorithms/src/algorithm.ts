import type { Readable } from "node:stream";
import type { ServingModel, ServingOptions } from "./serving-model.ts";

/**
 * A built-in algorithm as the workers call it: `train` once in each training host, `load` once in each model host. Both may
 * load native code, so neither is ever called in the server.
 */
export interface Algorithm {
  /**
   * Fetches what an image version needs on this machine, like pulling an image, and says where it is. Called outside every
   * sandbox, before the first `train` or `load` of the version; those then run where only that can be read. Absent where
   * nothing is needed. Throws PlatformError naming the remedies.
   */
  readonly prepare?: (imageVersion: string, log: (line: string) => void) => Promise<Preparation>;
  /**
   * Trains and writes the artifact's files into `context.modelDirectory`. Resolves when the files are complete, also after
   * `context.stop` was raised. Throws UserError, AlgorithmError or PlatformError; any other error counts as AlgorithmError.
   */
  train(context: TrainingContext): Promise<void>;
  /** Opens an unpacked artifact, made here or on AWS. Throws UserError when it is not a model of this algorithm. */
  load(modelDirectory: string, options: LoadOptions): Promise<LoadedModel>;
}

/** What workers of a prepared image version need beside their own packages. */
export interface Preparation {
  /** Variables that tell `train` and `load` where things are. */
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute paths of files and directories that must be readable. */
  readonly readablePaths: readonly string[];
}

/** What a training host is given: the parts of `/opt/ml` that algorithms read and write, and the host's surroundings. */
export interface TrainingContext {
  /** Version that the image tag asks for: `0.72`, `1.2-1`, `1.7-1` … */
  readonly imageVersion: string;
  /** As in `hyperparameters.json`: every value a string. */
  readonly hyperparameters: Readonly<Record<string, string>>;
  /** In the order of the request. */
  readonly channels: readonly TrainingChannel[];
  /** Absolute. What is here at the end becomes `model.tar.gz`. */
  readonly modelDirectory: string;
  /** Absolute. What is here at the end becomes `output.tar.gz`. */
  readonly outputDataDirectory: string;
  /** Absolute; restored before the start and kept in step with S3. Absent when the job has no CheckpointConfig. */
  readonly checkpointDirectory?: string;
  /** Names of all hosts, sorted: `algo-1`, `algo-2` … */
  readonly hosts: readonly string[];
  readonly currentHost: string;
  /** Where the first host listens for the others; present when there is more than one host. */
  readonly meetingPoint?: MeetingPoint;
  /** CPU threads this host may use; at least 1. */
  readonly threads: number;
  /** Raised on SIGTERM: the algorithm finishes its round, saves what it has and resolves. */
  readonly stop: AbortSignal;
  /** Wall clock, for the dates in log lines. */
  readonly now: () => Date;
  /** Takes one line of the container's output, without its newline, with real TABs. */
  readonly log: (line: string) => void;
}

/** An address that all hosts of a job can reach; the port is reserved for the job. */
export interface MeetingPoint {
  readonly address: string;
  readonly port: number;
}

export interface TrainingChannel {
  readonly name: string;
  /** As in the request; absent when it gave none. */
  readonly contentType?: string;
  readonly inputMode: "File" | "FastFile" | "Pipe";
  readonly distribution: "FullyReplicated" | "ShardedByS3Key";
  /** `/opt/ml/input/data/<name>` as the user knows it, for messages. */
  readonly displayPath: string;
  /** Absolute paths of the channel's files, at any depth, sorted. Empty in Pipe mode. */
  files(): Promise<readonly string[]>;
  /** Pipe mode only: the channel's bytes of one epoch, from 0. */
  readonly openPipe?: (epoch: number) => Readable;
}

export interface LoadOptions extends ServingOptions {
  /** CPU threads that one large request may use; at least 1. */
  readonly threads: number;
  readonly log: (line: string) => void;
}

/** A model in its host. */
export interface LoadedModel extends ServingModel {
  /** `name` for {@link decodeServingModel}: the folder of the algorithm. */
  readonly algorithm: string;
  /**
   * The model as data, for the serving process to answer small requests itself. Absent when the flat predictor did not agree
   * with the library on sample rows, or cannot express the model.
   */
  readonly flat?: Uint8Array;
  /** Frees native memory. The model must not be used afterwards. */
  close(): void;
}
