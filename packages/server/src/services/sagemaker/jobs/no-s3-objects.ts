import type { AwsError } from "@clary/wire";
import { validationException } from "../errors.ts";

/** The data of a job is not there, or its role may not see it. Training and transform jobs are refused with the same text. */
export function noS3Objects(location: { uri: string; bucket: string; region: string; roleArn: string }): AwsError {
  return validationException(
    `No S3 objects found under S3 URL "${location.uri}" given in input data source. Please ensure that the bucket exists in the selected region (${location.region}), that objects exist under that S3 prefix, and that the role "${location.roleArn}" has "s3:ListBucket" permissions on bucket "${location.bucket}".`,
  );
}
