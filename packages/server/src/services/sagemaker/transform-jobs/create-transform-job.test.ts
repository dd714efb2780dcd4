import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { roleArn } from "../testing/endpoint-fixture.ts";
import {
  type TransformChanges,
  type TransformFixture,
  transformFixture,
  transformRequest,
} from "../testing/transform-fixture.ts";

const arn = "arn:aws:sagemaker:us-east-1:123456789012:transform-job/job";
let fixture: TransformFixture;

beforeEach(async () => {
  fixture = await transformFixture();
  fixture.compute.behaviour.invoke = (call, response) => void response.end(call.body);
  await fixture.put("in/a", "1");
});
afterEach(() => fixture.close());

describe("CreateTransformJob", () => {
  it.each<readonly [string, TransformChanges, string]>([
    [
      "an unknown model",
      { ModelName: "None" },
      'Could not find model "arn:aws:sagemaker:us-east-1:123456789012:model/none".',
    ],
    [
      "a place without data",
      { TransformInput: { DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: "s3://bucket/none" } } } },
      `No S3 objects found under S3 URL "s3://bucket/none" given in input data source. Please ensure that the bucket exists in the selected region (us-east-1), that objects exist under that S3 prefix, and that the role "${roleArn}" has "s3:ListBucket" permissions on bucket "bucket".`,
    ],
    [
      "augmented manifests",
      { TransformInput: { DataSource: { S3DataSource: { S3DataType: "AugmentedManifestFile", S3Uri: "s3://b/k" } } } },
      "S3DataType AugmentedManifestFile is not supported for transform jobs. Use S3Prefix or ManifestFile.",
    ],
    [
      "more than 100 MB under way",
      { MaxPayloadInMB: 51, MaxConcurrentTransforms: 2 },
      "The value of MaxConcurrentTransforms * MaxPayloadInMB cannot exceed 100 MB, but it is 102 MB.",
    ],
    ["payloads of more than 100 MB", { MaxPayloadInMB: 101 }, "MaxPayloadInMB cannot be greater than 100."],
    [
      "chunked streaming",
      { MaxPayloadInMB: 0 },
      "MaxPayloadInMB 0, which streams objects with HTTP chunked encoding, is not supported by built-in algorithms.",
    ],
    [
      "filters that are no paths",
      { DataProcessing: { InputFilter: "$..a" } },
      "DataProcessing.InputFilter \"$..a\" is not a supported JSONPath. Supported operators: $, .name, *, ['name','name'], [number,number] and [start:end].",
    ],
    [
      "joins of different types",
      { DataProcessing: { JoinSource: "Input" } },
      'When JoinSource is Input, the ContentType of TransformInput and the Accept of TransformOutput must be the same, but they are "text/csv" and "".',
    ],
    [
      "joins of what is split and assembled differently",
      {
        DataProcessing: { JoinSource: "Input" },
        TransformInput: { SplitType: "Line" },
        TransformOutput: { Accept: "text/csv" },
      },
      'When JoinSource is Input, the SplitType of TransformInput and the AssembleWith of TransformOutput must be the same, but they are "Line" and "None".',
    ],
    [
      "filters of what is neither CSV nor JSON",
      { DataProcessing: { InputFilter: "$[1:]" }, TransformInput: { ContentType: "text/libsvm" } },
      "Filters, joins and inference ids need data in CSV or JSON: a ContentType and an Accept of text/csv, application/json or application/jsonlines, and SplitType None or Line.",
    ],
  ])("refuses %s", async (_name, changes, message) => {
    await expect(fixture.call("CreateTransformJob", transformRequest("Job", changes))).rejects.toMatchObject({
      code: "ValidationException",
      message,
    });
  });

  it("refuses a role that cannot be assumed any more", async () => {
    fixture.denied.add(roleArn);
    await expect(fixture.start("Job")).rejects.toMatchObject({
      code: "ValidationException",
      message: `Could not assume role ${roleArn}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
    });
  });

  it("refuses a name that is taken", async () => {
    await fixture.run("Job");
    await expect(fixture.start("Job")).rejects.toMatchObject({
      code: "ResourceInUse",
      message: `Job name must be unique within an AWS account and region, and a job with this name already exists (${arn})`,
    });
  });

  it("keeps every member for Describe, with AWS's defaults, and the tags for ListTags", async () => {
    const request = {
      ...transformRequest("Job", { TransformOutput: { KmsKeyId: "key" } }),
      Environment: { X: "y" },
      ExperimentConfig: { ExperimentName: "e" },
      BatchStrategy: "MultiRecord",
      MaxPayloadInMB: 3,
      DataProcessing: { OutputFilter: "$[0]" },
    };
    await fixture.call("CreateTransformJob", { ...request, Tags: [{ Key: "k", Value: "v" }] });
    const job = await fixture.finished("Job");
    expect(job).toEqual({
      ...request,
      TransformJobArn: arn,
      TransformJobStatus: "Completed",
      CreationTime: new Date("2026-01-02T03:04:05.678Z"),
      TransformStartTime: expect.any(Date),
      TransformEndTime: expect.any(Date),
      TransformInput: {
        DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: "s3://bucket/in/" } },
        ContentType: "text/csv",
        CompressionType: "None",
        SplitType: "None",
      },
      TransformOutput: { S3OutputPath: "s3://bucket/out", AssembleWith: "None", KmsKeyId: "key" },
      DataProcessing: { InputFilter: "$", OutputFilter: "$[0]", JoinSource: "None" },
    });
    expect(await fixture.call("ListTags", { ResourceArn: arn })).toEqual({ Tags: [{ Key: "k", Value: "v" }] });
  });

  it("goes on when its model is deleted meanwhile", async () => {
    await fixture.start("Job");
    await fixture.call("DeleteModel", { ModelName: "Model" });
    expect(await fixture.finished("Job")).toMatchObject({ TransformJobStatus: "Completed" });
  });
});
