import { beforeEach, describe, expect, it } from "vitest";
import { failure, s3Fixture, type S3Fixture } from "../testing/s3-fixture.ts";

const source = { Bucket: "data", Key: "a b+c.csv" };
const target = { Bucket: "data", Key: "copy" };
const CopySource = "data/a%20b%2Bc.csv";
const etag = '"900150983cd24fb0d6963f7d28e17f72"';
let s3: S3Fixture;

beforeEach(async () => {
  s3 = await s3Fixture();
  await s3.call("PutObject", {
    ...source,
    Body: Buffer.from("abc"),
    ContentType: "text/csv",
    Metadata: { owner: "me" },
    Tagging: "stage=raw",
    StorageClass: "STANDARD_IA",
    ChecksumCRC32: "NSRBwg==",
  });
});

describe("CopyObject", () => {
  it("copies bytes, content headers, metadata, tags and the kind of checksum, but no storage class", async () => {
    expect(await s3.call("CopyObject", { ...target, CopySource })).toEqual({
      CopyObjectResult: {
        ETag: etag,
        LastModified: new Date("2026-11-20T10:00:00Z"),
        ChecksumCRC32: "NSRBwg==",
        ChecksumType: "FULL_OBJECT",
      },
    });
    const head = await s3.call("HeadObject", target);
    expect(head).toMatchObject({ ContentType: "text/csv", Metadata: { owner: "me" }, TagCount: 1, ContentLength: 3 });
    expect(head.StorageClass).toBeUndefined();
  });

  it("takes metadata and tags from the request where told to", async () => {
    await s3.call("CopyObject", {
      ...target,
      CopySource: `/${CopySource}?versionId=null`,
      MetadataDirective: "REPLACE",
      Metadata: { by: "copy" },
      TaggingDirective: "REPLACE",
      Tagging: "a=1&b=2",
    });
    expect(await s3.call("HeadObject", target)).toMatchObject({
      ContentType: "binary/octet-stream",
      Metadata: { by: "copy" },
      TagCount: 2,
    });
  });

  it("copies onto itself only to change something", async () => {
    expect(await failure(s3.call("CopyObject", { ...source, CopySource }))).toMatchObject({
      code: "InvalidRequest",
      message:
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    });
    await s3.call("CopyObject", { ...source, CopySource, MetadataDirective: "REPLACE", Metadata: { now: "changed" } });
    expect(await s3.call("HeadObject", source)).toMatchObject({ Metadata: { now: "changed" }, ContentLength: 3 });
  });

  it.each([
    [{ CopySourceIfMatch: '"other"' }, "x-amz-copy-source-If-Match"],
    [{ CopySourceIfNoneMatch: etag }, "x-amz-copy-source-If-None-Match"],
    [{ CopySourceIfModifiedSince: new Date("2026-11-20T10:00:00Z") }, "x-amz-copy-source-If-Modified-Since"],
    [{ CopySourceIfUnmodifiedSince: new Date("2026-11-20T09:00:00Z") }, "x-amz-copy-source-If-Unmodified-Since"],
  ])("%j does not hold", async (condition, Condition) => {
    expect(await failure(s3.call("CopyObject", { ...target, CopySource, ...condition }))).toEqual({
      code: "PreconditionFailed",
      status: 412,
      message: "At least one of the pre-conditions you specified did not hold",
      Condition,
    });
  });

  it.each([
    ["data", "InvalidArgument", "Copy Source must mention the source bucket and key: sourcebucket/sourcekey"],
    ["data/%zz", "InvalidArgument", "Copy Source must mention the source bucket and key: sourcebucket/sourcekey"],
    ["none/k", "NoSuchBucket", "The specified bucket does not exist"],
    ["data/none", "NoSuchKey", "The specified key does not exist."],
    [`${CopySource}?versionId=3`, "InvalidArgument", "Invalid version id specified"],
  ])("cannot copy %s", async (from, code, message) => {
    expect(await failure(s3.call("CopyObject", { ...target, CopySource: from }))).toMatchObject({ code, message });
  });

  it("needs to read the one and write the other", () => {
    expect(s3.permissions("CopyObject", { ...target, CopySource, ACL: "private" })).toEqual([
      { action: "s3:GetObject", resource: "arn:aws:s3:::data/a b+c.csv" },
      {
        action: "s3:PutObject",
        resource: "arn:aws:s3:::data/copy",
        conditionKeys: { "s3:x-amz-acl": ["private"] },
      },
    ]);
  });
});

describe("object tags", () => {
  it("are read, replaced and deleted", async () => {
    expect(await s3.call("GetObjectTagging", source)).toEqual({ TagSet: [{ Key: "stage", Value: "raw" }] });
    await s3.call("PutObjectTagging", { ...source, Tagging: { TagSet: [{ Key: "stage", Value: "clean" }] } });
    expect(await s3.call("GetObjectTagging", source)).toEqual({ TagSet: [{ Key: "stage", Value: "clean" }] });
    await s3.call("DeleteObjectTagging", source);
    expect(await s3.call("GetObjectTagging", source)).toEqual({ TagSet: [] });
  });

  it.each([
    [
      [
        { Key: "a", Value: "1" },
        { Key: "a", Value: "2" },
      ],
      "Cannot provide multiple Tags with the same key",
    ],
    [[{ Key: "", Value: "1" }], "The TagKey you have provided is invalid"],
    [[{ Key: "a?", Value: "1" }], "The TagKey you have provided is invalid"],
    [[{ Key: "aws:a", Value: "1" }], "System tags cannot be added/updated by requester"],
    [[{ Key: "a", Value: "x".repeat(257) }], "The TagValue you have provided is invalid"],
  ])("%j", async (TagSet, message) => {
    expect(await failure(s3.call("PutObjectTagging", { ...source, Tagging: { TagSet } }))).toMatchObject({
      code: "InvalidTag",
      message,
    });
  });

  it("are at most ten", async () => {
    const TagSet = Array.from({ length: 11 }, (_, index) => ({ Key: `k${index}`, Value: "v" }));
    expect(await failure(s3.call("PutObjectTagging", { ...source, Tagging: { TagSet } }))).toMatchObject({
      code: "BadRequest",
      message: "Object tags cannot be greater than 10",
    });
  });
});

describe("GetObjectAttributes and GetObjectAcl", () => {
  it("answers what was asked for", async () => {
    const ObjectAttributes = ["ETag", "Checksum", "StorageClass", "ObjectSize", "ObjectParts"] as const;
    expect(await s3.call("GetObjectAttributes", { ...source, ObjectAttributes: [...ObjectAttributes] })).toEqual({
      LastModified: new Date("2026-11-20T10:00:00Z"),
      ETag: etag.slice(1, -1),
      Checksum: { ChecksumCRC32: "NSRBwg==", ChecksumType: "FULL_OBJECT" },
      StorageClass: "STANDARD_IA",
      ObjectSize: 3,
    });
    const unknown = s3.call("GetObjectAttributes", { ...source, ObjectAttributes: ["Colour" as "ETag"] });
    expect(await failure(unknown)).toMatchObject({
      code: "InvalidArgument",
      message: "Invalid attribute name specified.",
    });
  });

  it("gives the owner full control", async () => {
    const { Owner, Grants } = await s3.call("GetObjectAcl", source);
    expect(Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
    expect(Grants).toEqual([{ Grantee: { ID: Owner?.ID, Type: "CanonicalUser" }, Permission: "FULL_CONTROL" }]);
  });
});

describe("DeleteObjects", () => {
  it("deletes present and absent keys alike, and only says so when asked", async () => {
    const Objects = [{ Key: source.Key }, { Key: "absent" }, { Key: "old", VersionId: "3" }];
    expect(await s3.call("DeleteObjects", { Bucket: "data", Delete: { Objects } })).toEqual({
      Deleted: [{ Key: source.Key }, { Key: "absent" }],
      Errors: [
        {
          Key: "old",
          VersionId: "3",
          Code: "NoSuchVersion",
          Message: "The specified version does not exist.",
        },
      ],
    });
    expect(await s3.call("ListObjectsV2", { Bucket: "data" })).toMatchObject({ KeyCount: 0 });
    expect(
      await s3.call("DeleteObjects", { Bucket: "data", Delete: { Quiet: true, Objects: [{ Key: "x" }] } }),
    ).toEqual({});
  });

  it.each([0, 1001])("refuses %d keys", async (length) => {
    const Objects = Array.from({ length }, (_, index) => ({ Key: `k${index}` }));
    expect(await failure(s3.call("DeleteObjects", { Bucket: "data", Delete: { Objects } }))).toMatchObject({
      code: "MalformedXML",
      message: "The XML you provided was not well-formed or did not validate against our published schema",
    });
  });
});
