/** Names that one run of the demo uses everywhere. */
export interface DemoPlan {
  /** Of the training job, model, endpoint configuration and endpoint alike, as the Python SDK does. */
  readonly name: string;
  readonly bucket: string;
  /** Key prefix of everything that the demo writes. */
  readonly prefix: string;
  readonly roleArn: string;
  readonly image: string;
}

export function demoPlan(facts: {
  readonly accountId: string;
  readonly region: string;
  readonly roleArn: string;
  readonly now: Date;
}): DemoPlan {
  const stamp = facts.now.toISOString().replace(/[T:.]/g, "-").replace("Z", "");
  return {
    name: `xgboost-${stamp}`,
    bucket: `sagemaker-${facts.region}-${facts.accountId}`,
    prefix: `clary-demo/${stamp}`,
    roleArn: facts.roleArn,
    // The registry account does not matter to Clary; this is the one of us-east-1.
    image: `811284229777.dkr.ecr.${facts.region}.amazonaws.com/xgboost:1`,
  };
}
