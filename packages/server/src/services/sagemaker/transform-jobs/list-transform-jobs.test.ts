import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TransformFixture, transformFixture } from "../testing/transform-fixture.ts";

let fixture: TransformFixture;

beforeEach(async () => {
  fixture = await transformFixture();
  fixture.compute.behaviour.invoke = (call, response) => void response.end(call.body);
});
afterEach(() => fixture.close());

describe("DescribeTransformJob and ListTransformJobs", () => {
  it("tell of unknown names", async () => {
    for (const operation of ["DescribeTransformJob", "StopTransformJob"]) {
      await expect(fixture.call(operation, { TransformJobName: "None" })).rejects.toMatchObject({
        code: "ValidationException",
        message: "Could not find requested job with name: None",
      });
    }
  });

  it("hold the Python SDK's first call until the job has ended", async () => {
    await fixture.put("in/a", "1");
    await fixture.start("Job");
    const userAgent = "Boto3/1.44 AWS-SageMaker-Python-SDK/2.257";
    expect(await fixture.call("DescribeTransformJob", { TransformJobName: "Job" }, { userAgent })).toMatchObject({
      TransformJobStatus: "Completed",
    });
  });

  it("list newest first, by filters", async () => {
    await fixture.put("in/a", "1");
    await fixture.put("bad/a", "bad");
    for (const name of ["First", "Second"]) {
      await fixture.run(name);
      fixture.clock.advance(1000);
    }
    const none = { S3DataSource: { S3DataType: "S3Prefix", S3Uri: "s3://bucket/bad/" } };
    await fixture.run("Third", { TransformInput: { DataSource: none, CompressionType: "Gzip" } });
    const names = async (filters: object): Promise<unknown> =>
      ((await fixture.call("ListTransformJobs", filters))["TransformJobSummaries"] as object[]).map(
        (summary) => (summary as { TransformJobName: string }).TransformJobName,
      );
    expect(await names({})).toEqual(["Third", "Second", "First"]);
    expect(await names({ StatusEquals: "Completed", SortOrder: "Ascending" })).toEqual(["First", "Second"]);
    expect(await names({ NameContains: "ir", SortBy: "Name", SortOrder: "Ascending" })).toEqual(["First", "Third"]);
    const page = await fixture.call("ListTransformJobs", { MaxResults: 1 });
    expect(page).toMatchObject({
      TransformJobSummaries: [
        {
          TransformJobName: "Third",
          TransformJobArn: "arn:aws:sagemaker:us-east-1:123456789012:transform-job/third",
          TransformJobStatus: "Failed",
          FailureReason: expect.stringMatching(/^ClientError: /),
          TransformEndTime: expect.any(Date),
        },
      ],
      NextToken: expect.any(String),
    });
  });
});
