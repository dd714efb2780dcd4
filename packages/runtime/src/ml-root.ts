/** The layout of a job's own directory, relative to it, as AWS's containers see it below `/opt/ml`. */
export const mlPaths = {
  config: "input/config",
  data: "input/data",
  model: "model",
  output: "output",
  outputData: "output/data",
  failure: "output/failure",
  checkpoints: "checkpoints",
} as const;

/** Where this process finds `/opt/ml`: there, or in the directory `CLARY_ML_ROOT` names where a job cannot have a mount of its own. */
export function mlRoot(environment: Readonly<Record<string, string | undefined>>): string {
  return environment["CLARY_ML_ROOT"] ?? "/opt/ml";
}
