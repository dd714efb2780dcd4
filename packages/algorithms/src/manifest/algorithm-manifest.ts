import type { HyperparameterDeclaration } from "./hyperparameter.ts";

/** What everybody but the algorithm itself needs to know about it: pure data and pure functions, no native code. */
export interface AlgorithmManifest {
  /** Key in the catalog, and folder of the algorithm. */
  readonly algorithm: string;
  readonly title: string;
  /** Every image that runs it. */
  readonly images: readonly ImageDeclaration[];
  readonly channels: readonly ChannelDeclaration[];
  /** Content types that a training channel may have. */
  readonly trainingContentTypes: readonly string[];
  readonly trainingInputModes: readonly ("File" | "FastFile" | "Pipe")[];
  readonly supportsDistributedTraining: boolean;
  readonly inferenceContentTypes: readonly string[];
  readonly inferenceAcceptTypes: readonly string[];
  /** All hyperparameters that `version` knows, in the order of the documentation. */
  hyperparameters(version: string): readonly HyperparameterDeclaration[];
  /** What SageMaker fills in as `MetricDefinitions` of a training job with this image. */
  metricDefinitions(version: string): readonly MetricDeclaration[];
}

export interface ImageDeclaration {
  readonly repository: string;
  readonly tag: string;
  /** What the tag stands for; `TrainingContext.imageVersion`. */
  readonly version: string;
}

export interface ChannelDeclaration {
  readonly name: string;
  readonly required: boolean;
  readonly description: string;
}

/** A metric that a job prints, and what a tuning job should do with it. */
export interface MetricDeclaration {
  readonly name: string;
  /** Applied to each log line as CloudWatch shows it, with TAB as `#011`; the first group is the value. */
  readonly regex: string;
  readonly direction: "Maximize" | "Minimize";
}
