/** The two halves of `s3://bucket/key`. */
export interface S3Location {
  readonly bucket: string;
  /** May be empty. */
  readonly key: string;
}

/** Takes `s3://…` and the form that SageMaker's models also allow, `https://s3….amazonaws.com/bucket/key`; undefined for anything else. */
export function parseS3Uri(uri: string): S3Location | undefined {
  const match = /^(?:s3:\/\/|https:\/\/s3[^/]*\/)([^/]+)(?:\/(.*))?$/s.exec(uri);
  const bucket = match?.[1];
  return bucket === undefined ? undefined : { bucket, key: match?.[2] ?? "" };
}

export function s3Uri(location: S3Location): string {
  return `s3://${location.bucket}/${location.key}`;
}

export function objectArn(location: S3Location): string {
  return `arn:aws:s3:::${location.bucket}/${location.key}`;
}
