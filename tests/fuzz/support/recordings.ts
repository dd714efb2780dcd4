import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import * as Logs from "@aws-sdk/client-cloudwatch-logs";
import { DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import * as Iam from "@aws-sdk/client-iam";
import * as S3 from "@aws-sdk/client-s3";
import * as SageMaker from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import * as Sts from "@aws-sdk/client-sts";
import { trainingRequest } from "../../support/training-jobs.ts";
import { recordRequest, type RecordedRequest } from "./recorded-request.ts";

export interface RecordingPlan {
  /** Exists, with the key `key` in it. */
  readonly bucket: string;
  readonly key: string;
  /** In service. */
  readonly endpoint: string;
  readonly roleArn: string;
}

/** Valid requests in every protocol. What they begin is cheap: jobs and endpoints name data and models that do not exist. */
export async function recordings(plan: RecordingPlan): Promise<readonly RecordedRequest[]> {
  const lists = [s3Commands(plan), sagemakerCommands(plan), iamCommands(), logsCommands()];
  const [s3, sagemaker, iam, logs] = lists;
  const Body = "1,2,3\n4,5,6";
  const invoke = new InvokeEndpointCommand({ EndpointName: plan.endpoint, ContentType: "text/csv", Body });
  const metrics = new PutMetricDataCommand({
    Namespace: "Fuzz",
    MetricData: [{ MetricName: "m", Value: 1.5, Dimensions: [{ Name: "d", Value: "v" }] }],
  });
  const assume = new Sts.AssumeRoleCommand({ RoleArn: plan.roleArn, RoleSessionName: "fuzz" });
  return Promise.all([
    ...(s3 ?? []).map((each) => recordRequest("s3", s3Client, each)),
    ...(sagemaker ?? []).map((each) => recordRequest("sagemaker", (o) => new SageMaker.SageMakerClient(o), each)),
    ...(iam ?? []).map((each) => recordRequest("iam", (o) => new Iam.IAMClient(o), each)),
    ...(logs ?? []).map((each) => recordRequest("logs", (o) => new Logs.CloudWatchLogsClient(o), each)),
    recordRequest("sagemaker", (o) => new SageMakerRuntimeClient(o), invoke),
    recordRequest("monitoring", (o) => new CloudWatchClient(o), metrics),
    recordRequest("ec2", (o) => new EC2Client(o), new DescribeVpcsCommand({ VpcIds: ["vpc-1"], MaxResults: 5 })),
    recordRequest("sts", (o) => new Sts.STSClient(o), new Sts.GetCallerIdentityCommand({})),
    recordRequest("sts", (o) => new Sts.STSClient(o), assume),
  ]);
}

function s3Client(options: object): S3.S3Client {
  return new S3.S3Client({ ...options, forcePathStyle: true });
}

function s3Commands({ bucket: Bucket, key: Key }: RecordingPlan): readonly object[] {
  const written = `written/${Key}`;
  const TagSet = [{ Key: "a", Value: "b" }];
  const Parts = [{ PartNumber: 1, ETag: '"d41d8cd98f00b204e9800998ecf8427e"' }];
  return [
    new S3.ListBucketsCommand({}),
    new S3.ListObjectsV2Command({ Bucket, Prefix: "a", Delimiter: "/", MaxKeys: 10, EncodingType: "url" }),
    new S3.ListObjectsCommand({ Bucket, Marker: "a" }),
    new S3.PutObjectCommand({ Bucket, Key: written, Body: "hello", Metadata: { colour: "blue" }, Tagging: "a=b" }),
    new S3.PutObjectCommand({ Bucket, Key: written, Body: Buffer.alloc(40_000, "x"), ChecksumAlgorithm: "SHA256" }),
    new S3.GetObjectCommand({ Bucket, Key, Range: "bytes=0-3", IfNoneMatch: '"x"' }),
    new S3.HeadObjectCommand({ Bucket, Key }),
    new S3.CopyObjectCommand({ Bucket, Key: written, CopySource: `${Bucket}/${Key}` }),
    new S3.DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: "gone/1" }, { Key: "gone/2" }], Quiet: true } }),
    new S3.PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet } }),
    new S3.CreateMultipartUploadCommand({ Bucket, Key: written }),
    new S3.UploadPartCommand({ Bucket, Key: written, UploadId: "none", PartNumber: 1, Body: "part" }),
    new S3.CompleteMultipartUploadCommand({ Bucket, Key: written, UploadId: "none", MultipartUpload: { Parts } }),
    new S3.PutBucketPolicyCommand({ Bucket: `${Bucket}-other`, Policy: '{"Version":"2012-10-17","Statement":[]}' }),
    new S3.CreateBucketCommand({
      Bucket: `${Bucket}-new`,
      CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
    }),
  ];
}

function sagemakerCommands({ bucket, roleArn }: RecordingPlan): readonly object[] {
  const name = "fuzz-1";
  const location = { S3DataType: "S3Prefix" as const, S3Uri: `s3://${bucket}/nothing-here` };
  const PrimaryContainer = { Image: "xgboost:1", ModelDataUrl: `s3://${bucket}/nothing-here/model.tar.gz` };
  const variant = { VariantName: "a", ModelName: "none", InstanceType: "ml.m4.xlarge" as const };
  return [
    new SageMaker.CreateTrainingJobCommand(trainingRequest({ name, roleArn, bucket, key: "nothing-here" })),
    new SageMaker.DescribeTrainingJobCommand({ TrainingJobName: name }),
    new SageMaker.ListTrainingJobsCommand({
      MaxResults: 5,
      NameContains: "f",
      CreationTimeAfter: new Date(1_600_000_000_000),
    }),
    new SageMaker.StopTrainingJobCommand({ TrainingJobName: name }),
    new SageMaker.CreateModelCommand({ ModelName: name, ExecutionRoleArn: roleArn, PrimaryContainer }),
    new SageMaker.CreateEndpointConfigCommand({
      EndpointConfigName: name,
      ProductionVariants: [{ ...variant, InitialInstanceCount: 1 }],
    }),
    new SageMaker.CreateEndpointCommand({ EndpointName: name, EndpointConfigName: "none" }),
    new SageMaker.CreateTransformJobCommand({
      TransformJobName: name,
      ModelName: "none",
      TransformInput: { DataSource: { S3DataSource: location }, SplitType: "Line" },
      TransformOutput: { S3OutputPath: `s3://${bucket}/out`, AssembleWith: "Line" },
      TransformResources: { InstanceType: "ml.m4.xlarge", InstanceCount: 1 },
    }),
    new SageMaker.AddTagsCommand({
      ResourceArn: roleArn.replace(":iam::", ":sagemaker:us-east-1:"),
      Tags: [{ Key: "a", Value: "b" }],
    }),
    new SageMaker.ListEndpointsCommand({ SortBy: "Name", SortOrder: "Descending" }),
  ];
}

function iamCommands(): readonly object[] {
  const statement = { Effect: "Allow", Principal: { Service: "sagemaker.amazonaws.com" }, Action: "sts:AssumeRole" };
  const document = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  return [
    new Iam.CreateRoleCommand({ RoleName: "fuzz", AssumeRolePolicyDocument: document }),
    new Iam.PutRolePolicyCommand({ RoleName: "fuzz", PolicyName: "p", PolicyDocument: document }),
    new Iam.GetRoleCommand({ RoleName: "fuzz" }),
    new Iam.CreateUserCommand({ UserName: "fuzz", Tags: [{ Key: "a", Value: "b" }] }),
    new Iam.ListRolesCommand({ MaxItems: 3, PathPrefix: "/" }),
  ];
}

function logsCommands(): readonly object[] {
  const logGroupName = "/fuzz";
  return [
    new Logs.CreateLogGroupCommand({ logGroupName, tags: { a: "b" } }),
    new Logs.CreateLogStreamCommand({ logGroupName, logStreamName: "s" }),
    new Logs.PutLogEventsCommand({
      logGroupName,
      logStreamName: "s",
      logEvents: [{ timestamp: 1_700_000_000_000, message: "m" }],
    }),
    new Logs.GetLogEventsCommand({ logGroupName, logStreamName: "s", limit: 5, startFromHead: true }),
    new Logs.FilterLogEventsCommand({ logGroupName, filterPattern: '"m" -x ?y', startTime: 0 }),
    new Logs.DescribeLogGroupsCommand({ logGroupNamePrefix: "/" }),
  ];
}
