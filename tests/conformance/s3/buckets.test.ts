import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketTaggingCommand,
  DeleteObjectCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { clientOf, failureOf, s3UnderTest } from "./support/s3-under-test.ts";

const s3 = s3UnderTest();

describe("CreateBucket, HeadBucket, GetBucketLocation, DeleteBucket", () => {
  it("makes a bucket where it is asked to, and deletes it when it is empty", async () => {
    const Bucket = `${s3.bucket}-eu`.slice(0, 63);
    await s3.client.send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }),
    );
    expect((await s3.client.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe("eu-west-1");
    expect((await s3.client.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBe("eu-west-1");

    await s3.client.send(new PutObjectCommand({ Bucket, Key: "k", Body: "v" }));
    expect(await failureOf(s3.client.send(new DeleteBucketCommand({ Bucket })))).toMatchObject({
      code: "BucketNotEmpty",
      status: 409,
      message: "The bucket you tried to delete is not empty",
    });
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key: "k" }));
    await s3.client.send(new DeleteBucketCommand({ Bucket }));
    expect(await failureOf(s3.client.send(new HeadBucketCommand({ Bucket })))).toMatchObject({
      code: "NotFound",
      status: 404,
    });
    expect(await failureOf(s3.client.send(new DeleteBucketCommand({ Bucket })))).toMatchObject({
      code: "NoSuchBucket",
      status: 404,
      message: "The specified bucket does not exist",
      BucketName: Bucket,
    });
  });

  it("has no location in us-east-1", async () => {
    const { LocationConstraint } = await s3.client.send(new GetBucketLocationCommand({ Bucket: s3.bucket }));
    expect(LocationConstraint).toBeUndefined();
  });

  it("forgives a second creation in us-east-1 only", async () => {
    await s3.client.send(new CreateBucketCommand({ Bucket: s3.bucket }));
    const elsewhere = clientOf(s3.address, { region: "eu-west-1" });
    const input = { Bucket: s3.bucket, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" as const } };
    expect(await failureOf(elsewhere.send(new CreateBucketCommand(input)))).toMatchObject({
      code: "BucketAlreadyOwnedByYou",
      status: 409,
      message: "Your previous request to create the named bucket succeeded and you already own it.",
    });
    elsewhere.destroy();
  });

  it("refuses a location that is none", async () => {
    const nowhere = { LocationConstraint: "us-east-1" as "us-east-2" };
    const create = new CreateBucketCommand({ Bucket: `${s3.bucket}-x`, CreateBucketConfiguration: nowhere });
    expect(await failureOf(s3.client.send(create))).toMatchObject({
      code: "InvalidLocationConstraint",
      status: 400,
      message: "The specified location-constraint is not valid",
    });
  });

  it("refuses names that are none", async () => {
    expect(await failureOf(s3.client.send(new CreateBucketCommand({ Bucket: "No_Bucket" })))).toMatchObject({
      code: "InvalidBucketName",
      status: 400,
      message: "The specified bucket is not valid.",
    });
  });

  it("refuses an owner other than expected", async () => {
    const head = new HeadBucketCommand({ Bucket: s3.bucket, ExpectedBucketOwner: "000000000000" });
    expect(await failureOf(s3.client.send(head))).toMatchObject({ status: 403 });
  });
});

describe("ListBuckets", () => {
  it("lists the bucket with its date, and pages", async () => {
    const { Buckets = [], Owner } = await s3.client.send(new ListBucketsCommand());
    const own = Buckets.find(({ Name }) => Name === s3.bucket);
    expect(own?.CreationDate).toBeInstanceOf(Date);
    expect(Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
    const page = await s3.client.send(new ListBucketsCommand({ MaxBuckets: 1, Prefix: s3.bucket }));
    expect(page.Buckets).toMatchObject([{ Name: s3.bucket, BucketRegion: "us-east-1" }]);
  });
});

describe("bucket tags and other configurations", () => {
  it("keeps tags", async () => {
    const Bucket = s3.bucket;
    const TagSet = [{ Key: "team", Value: "a b" }];
    await s3.client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    expect((await s3.client.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(TagSet);
    await s3.client.send(new DeleteBucketTaggingCommand({ Bucket }));
    expect(await failureOf(s3.client.send(new GetBucketTaggingCommand({ Bucket })))).toMatchObject({
      code: "NoSuchTagSet",
      status: 404,
      message: "The TagSet does not exist",
    });
  });

  it("reads what a bucket has without being told, and what it has not", async () => {
    const Bucket = s3.bucket;
    expect((await s3.client.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
    const { ServerSideEncryptionConfiguration } = await s3.client.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(ServerSideEncryptionConfiguration?.Rules).toHaveLength(1);
    const { Grants } = await s3.client.send(new GetBucketAclCommand({ Bucket }));
    expect(Grants).toMatchObject([{ Permission: "FULL_CONTROL", Grantee: { Type: "CanonicalUser" } }]);
    expect(await failureOf(s3.client.send(new GetBucketCorsCommand({ Bucket })))).toMatchObject({
      code: "NoSuchCORSConfiguration",
      message: "The CORS configuration does not exist",
    });
    expect(await failureOf(s3.client.send(new GetPublicAccessBlockCommand({ Bucket })))).toMatchObject({
      code: "NoSuchPublicAccessBlockConfiguration",
      message: "The public access block configuration was not found",
    });
  });

  it("names an operation that is not implemented", async () => {
    const VersioningConfiguration = { Status: "Enabled" as const };
    const call = s3.client.send(new PutBucketVersioningCommand({ Bucket: s3.bucket, VersioningConfiguration }));
    expect(await failureOf(call)).toMatchObject({
      code: "NotImplemented",
      status: 501,
      message: "Clary does not implement PutBucketVersioning of S3.",
    });
  });
});
