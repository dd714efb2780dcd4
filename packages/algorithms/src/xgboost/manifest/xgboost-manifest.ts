import type { AlgorithmManifest, ImageDeclaration } from "../../manifest/algorithm-manifest.ts";
import type { HyperparameterDeclaration } from "../../manifest/hyperparameter.ts";
import { boosterHyperparameters } from "./booster-hyperparameters.ts";
import { learningHyperparameters } from "./learning-hyperparameters.ts";
import { metricDeclarations } from "./metrics.ts";
import { treeHyperparameters } from "./tree-hyperparameters.ts";

const CONTAINER_VERSIONS = ["0.90-1", "0.90-2", "1.0-1", "1.2-1", "1.2-2", "1.3-1", "1.5-1", "1.7-1", "3.0-5"];

const images: readonly ImageDeclaration[] = [
  { repository: "xgboost", tag: "1", version: "0.72" },
  { repository: "xgboost", tag: "latest", version: "0.72" },
  ...CONTAINER_VERSIONS.flatMap((version) => [
    { repository: "sagemaker-xgboost", tag: version, version },
    // The SDKs add the suffix for some versions only; the registry has both spellings for all.
    { repository: "sagemaker-xgboost", tag: `${version}-cpu-py3`, version },
  ]),
];

/** Content types of training channels, in the order in which the container's messages list them. */
export const trainingContentTypes = [
  "csv",
  "libsvm",
  "parquet",
  "recordio-protobuf",
  "text/csv",
  "text/libsvm",
  "text/x-libsvm",
  "application/x-parquet",
  "application/x-recordio-protobuf",
] as const;

/** XGBoost, images `xgboost:1` and `sagemaker-xgboost:*`. */
export const xgboostManifest: AlgorithmManifest = {
  algorithm: "xgboost",
  title: "XGBoost",
  images,
  channels: [
    { name: "train", required: true, description: "Rows to learn from." },
    { name: "validation", required: false, description: "Rows to evaluate and stop on." },
    { name: "code", required: false, description: "Accepted and ignored: script mode is another image mode." },
  ],
  trainingContentTypes,
  trainingInputModes: ["File", "FastFile", "Pipe"],
  supportsDistributedTraining: true,
  inferenceContentTypes: ["text/csv", "text/libsvm", "text/x-libsvm", "application/x-recordio-protobuf"],
  inferenceAcceptTypes: ["text/csv", "application/json", "application/jsonlines", "application/x-recordio-protobuf"],
  hyperparameters: (version) => allHyperparameters.filter((declaration) => knows(version, declaration)),
  metricDefinitions: () => metricDeclarations,
};

const allHyperparameters = [...boosterHyperparameters, ...treeHyperparameters, ...learningHyperparameters];

function knows(version: string, { since, until }: HyperparameterDeclaration): boolean {
  const release = version.split("-")[0] ?? version;
  const compare = (other: string): number => release.localeCompare(other, "en", { numeric: true });
  return (since === undefined || compare(since) >= 0) && (until === undefined || compare(until) <= 0);
}
