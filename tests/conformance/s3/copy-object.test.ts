import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { beforeAll, describe, expect, it } from "vitest";
import { failureOf, s3UnderTest } from "./support/s3-under-test.ts";

const s3 = s3UnderTest();
const key = "source & +.csv";

function copy(input: object): Promise<object> {
  const CopySource = `${s3.bucket}/${encodeURIComponent(key)}`;
  return s3.client.send(new CopyObjectCommand({ Bucket: s3.bucket, Key: "copy", CopySource, ...input }));
}

const head = (Key: string): Promise<object> => s3.client.send(new HeadObjectCommand({ Bucket: s3.bucket, Key }));

beforeAll(async () => {
  await s3.client.send(
    new PutObjectCommand({
      Bucket: s3.bucket,
      Key: key,
      Body: "a,b\n",
      ContentType: "text/csv",
      Metadata: { a: "1" },
      Tagging: "t=1",
    }),
  );
});

describe("CopyObject", () => {
  it("copies bytes and what is said about them", async () => {
    const ETag = expect.stringMatching(/^"[0-9a-f]{32}"$/) as string;
    expect(await copy({})).toMatchObject({ CopyObjectResult: { ETag, LastModified: expect.any(Date) as Date } });
    expect(await head("copy")).toMatchObject({ ContentType: "text/csv", Metadata: { a: "1" }, TagCount: 1 });
    const { Body } = await s3.client.send(new GetObjectCommand({ Bucket: s3.bucket, Key: "copy" }));
    expect(await Body?.transformToString()).toBe("a,b\n");
  });

  it("replaces metadata in place", async () => {
    await copy({ Key: key, MetadataDirective: "REPLACE", Metadata: { b: "2" }, ContentType: "text/plain" });
    expect(await head(key)).toMatchObject({ ContentType: "text/plain", Metadata: { b: "2" }, ContentLength: 4 });
    expect(await failureOf(copy({ Key: key }))).toMatchObject({
      code: "InvalidRequest",
      status: 400,
      message:
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    });
  });

  it("fails with 412 where a condition does not hold", async () => {
    expect(await failureOf(copy({ CopySourceIfMatch: '"other"' }))).toMatchObject({
      code: "PreconditionFailed",
      status: 412,
      Condition: "x-amz-copy-source-If-Match",
    });
  });

  it("needs a source", async () => {
    expect(await failureOf(copy({ CopySource: `${s3.bucket}/none` }))).toMatchObject({
      code: "NoSuchKey",
      status: 404,
    });
    expect(await failureOf(copy({ CopySource: "no-such-bucket-here/k" }))).toMatchObject({ code: "NoSuchBucket" });
    expect(await failureOf(copy({ CopySource: "nonsense" }))).toMatchObject({
      code: "InvalidArgument",
      message: "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
    });
  });
});
