import { beforeEach, describe, expect, it } from "vitest";
import { account, failure, s3Fixture, type S3Fixture } from "../testing/s3-fixture.ts";

const Bucket = "data";
const ireland = { scope: { account, region: "eu-west-1" } };
let s3: S3Fixture;

beforeEach(async () => {
  s3 = await s3Fixture();
});

describe("CreateBucket", () => {
  it("makes a bucket in the region of the endpoint, or where us-east-1 is told to", async () => {
    expect(await s3.call("CreateBucket", { Bucket: "new" })).toEqual({
      Location: "/new",
      BucketArn: "arn:aws:s3:::new",
    });
    expect(await s3.call("HeadBucket", { Bucket: "new" })).toMatchObject({ BucketRegion: "us-east-1" });
    await s3.call("CreateBucket", { Bucket: "far", CreateBucketConfiguration: { LocationConstraint: "EU" } });
    expect(await s3.call("GetBucketLocation", { Bucket: "far" })).toEqual({ LocationConstraint: "eu-west-1" });
    expect(await s3.call("GetBucketLocation", { Bucket: "new" })).toEqual({ LocationConstraint: undefined });
  });

  it.each([
    [
      ireland,
      {},
      "The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.",
    ],
    [
      ireland,
      { CreateBucketConfiguration: { LocationConstraint: "us-west-2" as const } },
      "The us-west-2 location constraint is incompatible for the region specific endpoint this request was sent to.",
    ],
    [
      {},
      { CreateBucketConfiguration: { LocationConstraint: "us-east-1" as "us-east-2" } },
      "The specified location-constraint is not valid",
    ],
    [
      {},
      { CreateBucketConfiguration: { LocationConstraint: "the moon" as "us-east-2" } },
      "The specified location-constraint is not valid",
    ],
  ])("refuses a location: %j %j", async (context, input, message) => {
    expect(await failure(s3.call("CreateBucket", { Bucket: "new", ...input }, context))).toMatchObject({ message });
  });

  it("says whose the name is, and forgives us-east-1 alone", async () => {
    expect(await s3.call("CreateBucket", { Bucket })).toMatchObject({ Location: "/data" });
    await s3.call("CreateBucket", { Bucket: "europe", CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } });
    const again = { Bucket: "europe", CreateBucketConfiguration: { LocationConstraint: "eu-west-1" as const } };
    expect(await failure(s3.call("CreateBucket", again, ireland))).toEqual({
      code: "BucketAlreadyOwnedByYou",
      status: 409,
      message: "Your previous request to create the named bucket succeeded and you already own it.",
      BucketName: "europe",
    });
    const stranger = { scope: { account: "999999999999", region: "us-east-1" } };
    expect(await failure(s3.call("CreateBucket", { Bucket }, stranger))).toEqual({
      code: "BucketAlreadyExists",
      status: 409,
      message:
        "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
      BucketName: "data",
    });
  });

  it.each(["ab", "Data", "under_score", "a..b", "-a-b", "192.168.0.1", "xn--abc", "abc-s3alias", "a".repeat(64)])(
    "refuses the name %s",
    async (name) => {
      expect(await failure(s3.call("CreateBucket", { Bucket: name }))).toEqual({
        code: "InvalidBucketName",
        status: 400,
        message: "The specified bucket is not valid.",
        BucketName: name,
      });
    },
  );
});

describe("DeleteBucket", () => {
  it("deletes an empty bucket only", async () => {
    await s3.call("PutObject", { Bucket, Key: "k" });
    expect(await failure(s3.call("DeleteBucket", { Bucket }))).toMatchObject({
      code: "BucketNotEmpty",
      status: 409,
      message: "The bucket you tried to delete is not empty",
    });
    await s3.call("DeleteObject", { Bucket, Key: "k" });
    await s3.call("DeleteBucket", { Bucket });
    expect(await failure(s3.call("DeleteBucket", { Bucket }))).toMatchObject({ code: "NoSuchBucket" });
  });
});

describe("ListBuckets", () => {
  it("lists all at once as before, or by pages with regions", async () => {
    await s3.call("CreateBucket", { Bucket: "beta" });
    await s3.call("CreateBucket", { Bucket: "alpha" });
    const names = ["alpha", "beta", "data"];
    const all = await s3.call("ListBuckets", {});
    expect(all.Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
    expect(all.Buckets).toEqual(names.map((Name) => ({ Name, CreationDate: new Date("2026-11-20T10:00:00Z") })));
    expect(all.ContinuationToken).toBeUndefined();

    const first = await s3.call("ListBuckets", { MaxBuckets: 2 });
    expect(first.Buckets).toMatchObject([{ Name: "alpha", BucketRegion: "us-east-1" }, { Name: "beta" }]);
    const second = await s3.call("ListBuckets", { MaxBuckets: 2, ContinuationToken: first.ContinuationToken });
    expect(second).toMatchObject({ Buckets: [{ Name: "data" }], ContinuationToken: undefined });
    expect(await s3.call("ListBuckets", { Prefix: "be" })).toMatchObject({ Buckets: [{ Name: "beta" }], Prefix: "be" });
    expect(await s3.call("ListBuckets", { BucketRegion: "eu-west-1" })).toMatchObject({ Buckets: [] });
    expect(await failure(s3.call("ListBuckets", { ContinuationToken: "???" }))).toMatchObject({
      message: "The continuation token provided is incorrect",
    });
  });
});

describe("bucket policy", () => {
  const allow = {
    Effect: "Allow",
    Principal: "*",
    Action: ["s3:GetObject", "s3:ListBucket"],
    Resource: ["arn:aws:s3:::data", "arn:aws:s3:::data/*"],
  };
  const document = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });

  it("is kept as it was written and takes part in decisions", async () => {
    const Policy = document(allow);
    expect(await s3.resourcePolicy("arn:aws:s3:::data/a/b")).toBeUndefined();
    await s3.call("PutBucketPolicy", { Bucket, Policy });
    expect(await s3.call("GetBucketPolicy", { Bucket })).toEqual({ Policy });
    expect(await s3.call("GetBucketPolicyStatus", { Bucket })).toEqual({ PolicyStatus: { IsPublic: true } });
    expect(await s3.resourcePolicy("arn:aws:s3:::data/a/b")).toBe(Policy);
    expect(await s3.resourcePolicy("arn:aws:s3:::data")).toBe(Policy);
    expect(await s3.resourcePolicy("arn:aws:s3:::other/a")).toBeUndefined();
    await s3.call("DeleteBucketPolicy", { Bucket });
    expect(await failure(s3.call("GetBucketPolicy", { Bucket }))).toEqual({
      code: "NoSuchBucketPolicy",
      status: 404,
      message: "The bucket policy does not exist",
      BucketName: "data",
    });
  });

  it.each([
    ["not json", "Policies must be valid JSON and the first byte must be '{'"],
    ["{", "Policies must be valid JSON and the first byte must be '{'"],
    [document({ ...allow, Principal: undefined }), "Missing required field Principal"],
    [document({ ...allow, Effect: "Maybe" }), 'Invalid effect: "Maybe"'],
    [document({ ...allow, Action: "ec2:RunInstances" }), "Policy has invalid action"],
    [document({ ...allow, Resource: "arn:aws:s3:::database/*" }), "Policy has invalid resource"],
    [document({ ...allow, Resource: "arn:aws:s3:::data" }), "Action does not apply to any resource(s) in statement"],
    [document({ ...allow, Resource: "arn:aws:s3:::data/*" }), "Action does not apply to any resource(s) in statement"],
    [document({ ...allow, Sid: "x".repeat(21_000) }), "Policy exceeds the maximum allowed document size."],
  ])("refuses %.60s", async (Policy, message) => {
    expect(await failure(s3.call("PutBucketPolicy", { Bucket, Policy }))).toEqual({
      code: "MalformedPolicy",
      status: 400,
      message,
    });
  });
});

describe("bucket tags", () => {
  it("are kept, replaced and deleted", async () => {
    const none = { code: "NoSuchTagSet", status: 404, message: "The TagSet does not exist", BucketName: "data" };
    expect(await failure(s3.call("GetBucketTagging", { Bucket }))).toEqual(none);
    const TagSet = [{ Key: "team", Value: "data" }];
    await s3.call("PutBucketTagging", { Bucket, Tagging: { TagSet } });
    expect(await s3.call("GetBucketTagging", { Bucket })).toEqual({ TagSet });
    await s3.call("DeleteBucketTagging", { Bucket });
    expect(await failure(s3.call("GetBucketTagging", { Bucket }))).toEqual(none);
  });
});

describe("configurations that nothing sets", () => {
  it.each([
    ["GetBucketCors", "NoSuchCORSConfiguration", "The CORS configuration does not exist"],
    ["GetBucketLifecycleConfiguration", "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"],
    ["GetBucketWebsite", "NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"],
    ["GetBucketReplication", "ReplicationConfigurationNotFoundError", "The replication configuration was not found"],
    [
      "GetPublicAccessBlock",
      "NoSuchPublicAccessBlockConfiguration",
      "The public access block configuration was not found",
    ],
    [
      "GetObjectLockConfiguration",
      "ObjectLockConfigurationNotFoundError",
      "Object Lock configuration does not exist for this bucket",
    ],
  ] as const)("%s", async (name, code, message) => {
    expect(await failure(s3.call(name, { Bucket }))).toEqual({ code, status: 404, message, BucketName: "data" });
    expect(await failure(s3.call(name, { Bucket: "none" }))).toMatchObject({ code: "NoSuchBucket" });
  });

  it("answers what a new bucket has", async () => {
    expect(await s3.call("GetBucketVersioning", { Bucket })).toEqual({});
    expect(await s3.call("GetBucketRequestPayment", { Bucket })).toEqual({ Payer: "BucketOwner" });
    expect(await s3.call("GetBucketEncryption", { Bucket })).toMatchObject({
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
    });
    expect(s3.permissions("GetBucketCors", { Bucket })).toEqual([
      { action: "s3:GetBucketCORS", resource: "arn:aws:s3:::data" },
    ]);
  });
});
