/**
 * The path of an S3 request with the bucket as its first segment, as the model's templates have it. Virtual-host requests
 * name the bucket in the host alone; a slash behind a bucket's name says nothing.
 */
export function pathWithBucket(path: string, bucket: string | undefined): string {
  const withBucket = bucket === undefined ? path : `/${bucket}${path}`;
  const secondSlash = withBucket.indexOf("/", 1);
  return secondSlash === withBucket.length - 1 && secondSlash > 0 ? withBucket.slice(0, -1) : withBucket;
}
