/** Bucket and object ARNs carry neither region nor account: bucket names are global. */
export function bucketArn(bucket: string): string {
  return `arn:aws:s3:::${bucket}`;
}

export function objectArn(bucket: string, key: string): string {
  return `arn:aws:s3:::${bucket}/${key}`;
}

/** The bucket of either kind of ARN; undefined for anything else. */
export function bucketOfArn(arn: string): string | undefined {
  return /^arn:aws:s3:::([^/*?]+)(?:\/|$)/.exec(arn)?.[1];
}
