import * as client from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { s3Service } from "./service.ts";
import { memoryObjects } from "./testing/memory-objects.ts";
import { failure, s3Fixture } from "./testing/s3-fixture.ts";

describe("s3Service", () => {
  it("has every operation that the client has", () => {
    const service = s3Service({ objects: memoryObjects(() => new Date(0)) });
    const known = Object.keys(client).flatMap((name) => /^(\w+)Command$/.exec(name)?.[1] ?? []);
    expect(known.length).toBeGreaterThan(100);
    expect([...service.operations.keys()].toSorted()).toEqual(known.filter((name) => name !== "$").toSorted());
  });

  it("names the operation it recognises and does not do", async () => {
    const s3 = await s3Fixture();
    const input = { Bucket: "data", VersioningConfiguration: { Status: "Enabled" as const } };
    expect(await failure(s3.call("PutBucketVersioning", input))).toEqual({
      code: "NotImplemented",
      status: 501,
      message: "The S3 operation PutBucketVersioning is not implemented.",
      Operation: "PutBucketVersioning",
    });
  });
});
