import type { ResolvedImage } from "../../../platform/images/image-catalog.ts";
import type { Scope } from "../../../platform/scope.ts";
import { assumeRole } from "../assume-role.ts";
import type { RoleSession, SageMakerDeps } from "../deps.ts";
import { imageNotFound, validationException } from "../errors.ts";
import { parseS3Uri } from "../s3-uri.ts";
import { noS3Objects } from "../jobs/no-s3-objects.ts";
import { missingMember } from "./errors.ts";
import type { CreateTrainingJobRequest, TrainingChannelRequest } from "./training-job-record.ts";

/** Members that would change what a job does, and that nothing here acts on: better refused than ignored. */
const unsupportedMembers = ["ServerlessJobConfig", "ModelPackageConfig", "MlflowConfig"] as const;

/**
 * Everything that can be said about a job before it runs.
 * @throws AwsError `ValidationException` in AWS's words, or naming what is not supported here.
 */
export async function checkTrainingJob(
  input: CreateTrainingJobRequest,
  scope: Scope,
  deps: SageMakerDeps,
): Promise<ResolvedImage> {
  checkMembers(input);
  input.InputDataConfig?.forEach(checkChannel);
  checkChannelNames(input.InputDataConfig ?? []);
  checkStoppingCondition(input);
  checkOutput(input);
  const session = await assumeRole(deps.roles, input.RoleArn);
  const image = resolveTrainingImage(input, deps);
  for (const channel of input.InputDataConfig ?? []) {
    await checkObjects(channel, { session, scope, roleArn: input.RoleArn }, deps);
  }
  return image;
}

function checkMembers(input: CreateTrainingJobRequest): void {
  const algorithm = input.AlgorithmSpecification;
  if (algorithm === undefined) {
    throw missingMember("algorithmSpecification");
  }
  if (algorithm.ContainerEntrypoint !== undefined || algorithm.ContainerArguments !== undefined) {
    throw validationException(
      "ContainerEntrypoint and ContainerArguments are not supported for the images of built-in algorithms.",
    );
  }
  const unsupported = unsupportedMembers.find((member) => input[member] !== undefined);
  if (unsupported !== undefined) {
    throw validationException(`${unsupported} is not supported.`);
  }
  checkResources(input.ResourceConfig);
}

function checkResources(resources: CreateTrainingJobRequest["ResourceConfig"]): void {
  if (resources === undefined) {
    throw missingMember("resourceConfig");
  }
  if ((resources.InstanceGroups?.length ?? 0) > 0) {
    return;
  }
  if (resources.InstanceType === undefined) {
    throw missingMember("resourceConfig.instanceType");
  }
  if (resources.InstanceCount === undefined) {
    throw missingMember("resourceConfig.instanceCount");
  }
}

function checkChannel(channel: TrainingChannelRequest): void {
  const source = channel.DataSource.S3DataSource;
  if (source === undefined) {
    throw validationException(`Channel ${channel.ChannelName}: only data sources of type S3DataSource are supported.`);
  }
  if (source.S3DataType !== "S3Prefix" && source.S3DataType !== "ManifestFile") {
    throw validationException(
      `Channel ${channel.ChannelName}: S3DataType ${source.S3DataType} is not supported. Use S3Prefix or ManifestFile.`,
    );
  }
  if (channel.InputMode === "FastFile" && source.S3DataType !== "S3Prefix") {
    throw validationException(`Channel ${channel.ChannelName}: input mode FastFile needs S3DataType S3Prefix.`);
  }
  if (parseS3Uri(source.S3Uri) === undefined) {
    throw validationException(`Channel ${channel.ChannelName}: "${source.S3Uri}" is not an S3 URI.`);
  }
}

function checkChannelNames(channels: readonly TrainingChannelRequest[]): void {
  const names = channels.map((channel) => channel.ChannelName);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw validationException(`Channel names must be unique. The channel name "${repeated}" is given more than once.`);
  }
}

function checkStoppingCondition(input: CreateTrainingJobRequest): void {
  const { MaxRuntimeInSeconds: runtime = defaultMaxRuntimeSeconds, MaxWaitTimeInSeconds: wait } =
    input.StoppingCondition ?? {};
  if (input.EnableManagedSpotTraining === true && (wait === undefined || wait < runtime)) {
    throw validationException(
      "Invalid MaxWaitTimeInSeconds. It must be present and be greater than or equal to MaxRuntimeInSeconds",
    );
  }
  if (input.EnableManagedSpotTraining !== true && wait !== undefined) {
    throw validationException("MaxWaitTimeInSeconds is only supported when EnableManagedSpotTraining is true.");
  }
}

/** One day, as AWS has it. */
export const defaultMaxRuntimeSeconds = 86_400;

function checkOutput({ OutputDataConfig: output, CheckpointConfig: checkpoints }: CreateTrainingJobRequest): void {
  for (const uri of [output.S3OutputPath, ...(checkpoints === undefined ? [] : [checkpoints.S3Uri])]) {
    if (parseS3Uri(uri) === undefined) {
      throw validationException(`"${uri}" is not an S3 URI.`);
    }
  }
  const local = checkpoints?.LocalPath;
  if (local !== undefined && !/^\/opt\/ml\/checkpoints(\/|$)/.test(local)) {
    throw validationException(`CheckpointConfig.LocalPath "${local}" must be /opt/ml/checkpoints or lie below it.`);
  }
}

function resolveTrainingImage(input: CreateTrainingJobRequest, deps: SageMakerDeps): ResolvedImage {
  const uri = input.AlgorithmSpecification?.TrainingImage;
  if (uri === undefined) {
    throw validationException(
      "A TrainingImage must be specified in AlgorithmSpecification; algorithms of the marketplace (AlgorithmName) are not supported.",
    );
  }
  const image = deps.images.resolve(uri);
  if (image === undefined) {
    throw imageNotFound(uri, input.RoleArn, deps.images.list());
  }
  return image;
}

async function checkObjects(
  channel: TrainingChannelRequest,
  role: { readonly session: RoleSession; readonly scope: Scope; readonly roleArn: string },
  deps: SageMakerDeps,
): Promise<void> {
  const uri = channel.DataSource.S3DataSource?.S3Uri ?? "";
  const { bucket, key } = parseS3Uri(uri) ?? { bucket: "", key: "" };
  const mayList = await role.session.allows("s3:ListBucket", `arn:aws:s3:::${bucket}`);
  const found = await deps.objects.getBucket(bucket);
  const isHere = found !== undefined && found.region === role.scope.region;
  const listing =
    mayList && isHere
      ? await deps.objects.list(bucket, { prefix: key, delimiter: "", after: "", limit: 1 })
      : undefined;
  if (listing === undefined || listing.objects.length === 0) {
    throw noS3Objects({ uri, bucket, region: role.scope.region, roleArn: role.roleArn });
  }
}
