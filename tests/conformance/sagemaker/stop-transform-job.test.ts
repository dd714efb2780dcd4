import {
  CreateTransformJobCommand,
  DescribeTransformJobCommand,
  ListTransformJobsCommand,
  StopTransformJobCommand,
} from "@aws-sdk/client-sagemaker";
import { beforeAll, describe, expect, it } from "vitest";
import { failureOf, sagemakerUnderTest } from "./support/sagemaker-under-test.ts";
import { put, read, transform, transformEnd, transformRequest } from "./support/transform-jobs.ts";

const under = sagemakerUnderTest();

beforeAll(() => under.createModel("Tiny"));

describe("transform jobs", () => {
  it("store nothing when they are stopped, and cannot be stopped twice", async () => {
    const { sagemaker } = under.clients;
    await put(under, "in/Slow/a.csv", "3,0\n");
    // One request per row: much longer than it takes to ask for the stop.
    await put(under, "in/Slow/b.csv", "3,0\n".repeat(200_000));
    const changes = { BatchStrategy: "SingleRecord", MaxConcurrentTransforms: 1 } as const;
    await sagemaker.send(new CreateTransformJobCommand(transformRequest(under, "Slow", changes)));
    await sagemaker.send(new StopTransformJobCommand({ TransformJobName: "Slow" }));
    expect(await transformEnd(under, "Slow")).toMatchObject({ TransformJobStatus: "Stopped" });
    expect(await read(under, "out/Slow/a.csv.out")).toBeUndefined();
    expect(await read(under, "out/Slow/b.csv.out")).toBeUndefined();
    expect(await failureOf(sagemaker.send(new StopTransformJobCommand({ TransformJobName: "Slow" })))).toMatchObject({
      code: "ValidationException",
      status: 400,
      message: "The request was rejected because the transform job is in status Stopped.",
    });
  });

  it("are listed by filters", async () => {
    const { sagemaker, arn } = under.clients;
    await put(under, "in/Listed/a", "3,0\n");
    await transform(under, "Listed");
    const { TransformJobSummaries: [summary] = [] } = await sagemaker.send(
      new ListTransformJobsCommand({ NameContains: "isted", StatusEquals: "Completed" }),
    );
    expect(summary).toEqual({
      TransformJobName: "Listed",
      TransformJobArn: `${arn}:transform-job/listed`,
      TransformJobStatus: "Completed",
      CreationTime: expect.any(Date),
      LastModifiedTime: expect.any(Date),
      TransformEndTime: expect.any(Date),
    });
  });

  it.each([
    ["described", DescribeTransformJobCommand],
    ["stopped", StopTransformJobCommand],
  ] as const)("that do not exist cannot be %s", async (_name, Command) => {
    const call = under.clients.sagemaker.send(new Command({ TransformJobName: "None" }) as DescribeTransformJobCommand);
    expect(await failureOf(call)).toMatchObject({
      code: "ValidationException",
      status: 400,
      message: "Could not find requested job with name: None",
    });
  });
});
