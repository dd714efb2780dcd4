/** A difference between what one side sent and the other got that is not ours to remove. */
export interface KnownDifference {
  readonly service: string;
  readonly operation: string;
  /** The start of the reported difference. */
  readonly difference: string;
  readonly reason: string;
}

/** Through the JavaScript clients. */
export const javascriptDifferences: readonly KnownDifference[] = [];

const renamed =
  "boto3 keeps an old name for the operation; both have one address, and the old input differs only in its documents";
const numericMarker = "a number to boto3 and text to the client packages; the digits on the wire are the same";

/** Through boto3 of today, and some of them through the older one. */
export const botoDifferences: readonly KnownDifference[] = [
  {
    service: "s3",
    operation: "GetBucketLifecycle",
    difference: " was understood as GetBucketLifecycleConfiguration",
    reason: renamed,
  },
  {
    service: "s3",
    operation: "GetBucketNotification",
    difference: " was understood as GetBucketNotificationConfiguration",
    reason: renamed,
  },
  {
    service: "s3",
    operation: "PutBucketLifecycle",
    difference: " was understood as PutBucketLifecycleConfiguration",
    reason: renamed,
  },
  {
    service: "s3",
    operation: "PutBucketNotification",
    difference: " was understood as PutBucketNotificationConfiguration",
    reason: renamed,
  },
  {
    service: "s3",
    operation: "ListDirectoryBuckets",
    difference: " was understood as ListBuckets",
    reason: "AWS tells the two apart by host name alone; the JavaScript client also names the operation in its query",
  },
  { service: "s3", operation: "GetObjectAttributes", difference: " input.PartNumberMarker: ", reason: numericMarker },
  { service: "s3", operation: "ListParts", difference: " input.PartNumberMarker: ", reason: numericMarker },
  {
    service: "ec2",
    operation: "RunInstances",
    difference: " input.UserData: ",
    reason: "boto3 encodes user data as base64 for its caller, as the API wants it; other clients leave that to theirs",
  },
];
