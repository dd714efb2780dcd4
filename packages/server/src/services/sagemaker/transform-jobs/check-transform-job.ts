import type { Scope } from "../../../platform/scope.ts";
import { assumeRole } from "../assume-role.ts";
import type { SageMakerDeps } from "../deps.ts";
import { validationException } from "../errors.ts";
import { resolveImage } from "../models/check-container.ts";
import { containerOf, type ModelBody } from "../models/model-record.ts";
import { parseS3Uri } from "../s3-uri.ts";
import { noS3Objects } from "../jobs/no-s3-objects.ts";
import { processingPlan } from "./processing/processing-plan.ts";
import { maxMegabytesUnderWay } from "./run/transform-settings.ts";
import type { CreateTransformJobRequest } from "./transform-job-record.ts";

/**
 * Everything that can be said about a job before it runs.
 * @throws AwsError `ValidationException` in AWS's words, or naming what is not supported here.
 */
export async function checkTransformJob(
  input: CreateTransformJobRequest,
  model: ModelBody,
  scope: Scope,
  deps: SageMakerDeps,
): Promise<void> {
  checkSource(input);
  checkSizes(input);
  processingPlan(input);
  for (const uri of [input.TransformOutput.S3OutputPath, input.DataCaptureConfig?.DestinationS3Uri]) {
    if (uri !== undefined && parseS3Uri(uri) === undefined) {
      throw validationException(`"${uri}" is not an S3 URI.`);
    }
  }
  const roleArn = model.request.ExecutionRoleArn ?? "";
  resolveImage(deps.images, containerOf(model), roleArn);
  await checkObjects(input, roleArn, scope, deps);
}

function checkSource({ TransformInput: input }: CreateTransformJobRequest): void {
  const { S3DataType: type, S3Uri: uri } = input.DataSource.S3DataSource;
  if (type !== "S3Prefix" && type !== "ManifestFile") {
    throw validationException(`S3DataType ${type} is not supported for transform jobs. Use S3Prefix or ManifestFile.`);
  }
  if (parseS3Uri(uri) === undefined) {
    throw validationException(`"${uri}" is not an S3 URI.`);
  }
}

function checkSizes({ MaxPayloadInMB: payload, MaxConcurrentTransforms: concurrent }: CreateTransformJobRequest): void {
  if (payload === 0) {
    throw validationException(
      "MaxPayloadInMB 0, which streams objects with HTTP chunked encoding, is not supported by built-in algorithms.",
    );
  }
  if (payload !== undefined && payload > maxMegabytesUnderWay) {
    throw validationException(`MaxPayloadInMB cannot be greater than ${maxMegabytesUnderWay}.`);
  }
  if (payload !== undefined && concurrent !== undefined && payload * concurrent > maxMegabytesUnderWay) {
    throw validationException(
      `The value of MaxConcurrentTransforms * MaxPayloadInMB cannot exceed ${maxMegabytesUnderWay} MB, but it is ${payload * concurrent} MB.`,
    );
  }
}

async function checkObjects(
  input: CreateTransformJobRequest,
  roleArn: string,
  scope: Scope,
  deps: SageMakerDeps,
): Promise<void> {
  const uri = input.TransformInput.DataSource.S3DataSource.S3Uri;
  const { bucket, key } = parseS3Uri(uri) ?? { bucket: "", key: "" };
  const session = await assumeRole(deps.roles, roleArn);
  const mayList = await session.allows("s3:ListBucket", `arn:aws:s3:::${bucket}`);
  const found = await deps.objects.getBucket(bucket);
  const isHere = found !== undefined && found.region === scope.region;
  const listing =
    mayList && isHere
      ? await deps.objects.list(bucket, { prefix: key, delimiter: "", after: "", limit: 1 })
      : undefined;
  if (listing === undefined || listing.objects.length === 0) {
    throw noS3Objects({ uri, bucket, region: scope.region, roleArn });
  }
}
