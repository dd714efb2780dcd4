import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { AwsError } from "@clary/wire";
import { beforeEach, describe, expect, it } from "vitest";
import type { Authoriser } from "../../access.ts";
import { account, failure, s3Fixture, type S3Fixture } from "../testing/s3-fixture.ts";

const data = { Bucket: "data", Key: "train.csv" };
const etag = '"900150983cd24fb0d6963f7d28e17f72"';
let s3: S3Fixture;

beforeEach(async () => {
  s3 = await s3Fixture();
});

async function read(input: object = {}): Promise<string> {
  const { Body } = await s3.call("GetObject", { ...data, ...input });
  return Buffer.from(Body as unknown as Uint8Array).toString();
}

describe("PutObject, GetObject and HeadObject", () => {
  it("returns bytes, headers and metadata as they were put", async () => {
    const put = await s3.call("PutObject", {
      ...data,
      Body: Buffer.from("abc"),
      ContentType: "text/csv",
      ContentEncoding: "gzip,aws-chunked",
      CacheControl: "no-cache",
      Expires: new Date("2027-01-01T00:00:00Z"),
      Metadata: { Owner: "me" },
      Tagging: "stage=raw&owner=data+team",
      StorageClass: "STANDARD_IA",
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: "key-1",
    });
    expect(put).toEqual({ ETag: etag, ServerSideEncryption: "aws:kms", SSEKMSKeyId: "key-1" });

    const head = await s3.call("HeadObject", data);
    expect(head).toMatchObject({
      AcceptRanges: "bytes",
      ContentLength: 3,
      ContentType: "text/csv",
      ContentEncoding: "gzip",
      CacheControl: "no-cache",
      Expires: new Date("2027-01-01T00:00:00Z"),
      ETag: etag,
      LastModified: new Date("2026-11-20T10:00:00Z"),
      Metadata: { owner: "me" },
      TagCount: 2,
      StorageClass: "STANDARD_IA",
      ServerSideEncryption: "aws:kms",
    });
    expect(head.ContentRange).toBeUndefined();
    expect(await read()).toBe("abc");
  });

  it("answers binary/octet-stream for an object without a content type", async () => {
    await s3.call("PutObject", data);
    expect(await s3.call("HeadObject", data)).toMatchObject({ ContentLength: 0, ContentType: "binary/octet-stream" });
  });

  it("streams what is too large to hold", async () => {
    const large = "x".repeat(100_000);
    await s3.call("PutObject", { ...data, Body: Readable.from([Buffer.from(large)]), ContentLength: large.length });
    const { Body } = await s3.call("GetObject", data);
    expect(Body).toBeInstanceOf(Readable);
    expect(await text(Body as unknown as Readable)).toBe(large);
  });

  it("lets a signed request choose response headers, an anonymous one not", async () => {
    await s3.call("PutObject", { ...data, Body: Buffer.from("abc"), ContentType: "text/csv" });
    const input = { ...data, ResponseContentType: "text/plain" };
    expect(await s3.call("GetObject", input)).toMatchObject({ ContentType: "text/plain" });
    const anonymous = { type: "anonymous", account, arn: "", userId: "" } as const;
    expect(await failure(s3.call("GetObject", input, { caller: anonymous }))).toMatchObject({
      code: "InvalidRequest",
      message: "Request specific response headers cannot be used for anonymous GET requests.",
    });
  });

  it("tells a missing key from a missing bucket", async () => {
    expect(await failure(s3.call("GetObject", data))).toEqual({
      code: "NoSuchKey",
      status: 404,
      message: "The specified key does not exist.",
      Key: "train.csv",
    });
    const noBucket = {
      code: "NoSuchBucket",
      status: 404,
      message: "The specified bucket does not exist",
      BucketName: "none",
    };
    for (const name of ["GetObject", "HeadObject", "PutObject", "DeleteObject"] as const) {
      expect(await failure(s3.call(name, { Bucket: "none", Key: "k" }))).toEqual(noBucket);
    }
  });

  it("refuses another owner's expectation", async () => {
    const denied = { code: "AccessDenied", status: 403, message: "Access Denied" };
    for (const name of ["GetObject", "HeadObject", "PutObject", "DeleteObject"] as const) {
      expect(await failure(s3.call(name, { ...data, ExpectedBucketOwner: "000000000000" }))).toEqual(denied);
    }
    await s3.call("PutObject", { ...data, ExpectedBucketOwner: account });
  });

  it("deletes, and deletes again", async () => {
    await s3.call("PutObject", data);
    expect(await s3.call("DeleteObject", data)).toEqual({});
    expect(await s3.call("DeleteObject", data)).toEqual({});
    expect(await failure(s3.call("HeadObject", data))).toMatchObject({ code: "NoSuchKey" });
  });
});

describe("limits of PutObject", () => {
  it.each([
    [
      { Key: "é".repeat(513) },
      { code: "KeyTooLongError", message: "Your key is too long", Size: 1026, MaxSizeAllowed: 1024 },
    ],
    [
      { Metadata: { a: "b".repeat(2048) } },
      {
        code: "MetadataTooLarge",
        message: "Your metadata headers exceed the maximum allowed metadata size",
        Size: 2049,
        MaxSizeAllowed: 2048,
      },
    ],
    [
      { Body: Readable.from([]), ContentLength: 6 * 1024 ** 3 },
      {
        code: "EntityTooLarge",
        message: "Your proposed upload exceeds the maximum allowed size",
        ProposedSize: 6442450944,
      },
    ],
    [
      { Body: Readable.from(["abc"]) },
      { code: "MissingContentLength", status: 411, message: "You must provide the Content-Length HTTP header." },
    ],
    [
      { Body: Buffer.from("abc"), ContentLength: 4 },
      {
        code: "IncompleteBody",
        message: "You did not provide the number of bytes specified by the Content-Length HTTP header",
      },
    ],
    [
      { StorageClass: "GOLD" as "STANDARD" },
      { code: "InvalidStorageClass", message: "The storage class you specified is not valid" },
    ],
    [
      { ServerSideEncryption: "rot13" as "AES256" },
      {
        code: "InvalidArgument",
        message: "The encryption method specified is not supported",
        ArgumentName: "x-amz-server-side-encryption",
        ArgumentValue: "rot13",
      },
    ],
    [
      { SSECustomerAlgorithm: "AES256" },
      {
        code: "NotImplemented",
        status: 501,
        message: "A header you provided implies functionality that is not implemented",
        Header: "x-amz-server-side-encryption-customer-algorithm",
      },
    ],
    [
      { ACL: "public-read" as const },
      { code: "AccessControlListNotSupported", message: "The bucket does not allow ACLs" },
    ],
    [
      { Tagging: "a=1&a=2" },
      {
        code: "InvalidArgument",
        message:
          "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      },
    ],
    [
      { Tagging: Array.from({ length: 11 }, (_, index) => `k${index}=v`).join("&") },
      { code: "BadRequest", message: "Object tags cannot be greater than 10" },
    ],
  ])("refuses %j", async (input, expected) => {
    expect(await failure(s3.call("PutObject", { ...data, ...input }))).toMatchObject(expected);
    expect(await s3.objects.head("data", "train.csv")).toBeUndefined();
  });
});

describe("ranges and parts", () => {
  beforeEach(async () => {
    await s3.call("PutObject", { ...data, Body: Buffer.from("0123456789") });
  });

  it.each([
    ["bytes=0-3", "0123", "bytes 0-3/10"],
    ["bytes=7-", "789", "bytes 7-9/10"],
    ["bytes=-2", "89", "bytes 8-9/10"],
    ["bytes=-99", "0123456789", "bytes 0-9/10"],
    ["bytes=8-99", "89", "bytes 8-9/10"],
    // What S3 cannot read, and lists of ranges, it ignores.
    ["bytes=5-2", "0123456789", undefined],
    ["bytes=0-1,4-5", "0123456789", undefined],
    ["rows=1-2", "0123456789", undefined],
  ])("%s", async (Range, expected, contentRange) => {
    expect(await read({ Range })).toBe(expected);
    expect(await s3.call("HeadObject", { ...data, Range })).toMatchObject({
      ContentLength: expected.length,
      ...(contentRange === undefined ? {} : { ContentRange: contentRange }),
    });
  });

  it.each(["bytes=10-", "bytes=10-20", "bytes=-0"])("%s is not satisfiable", async (Range) => {
    expect(await failure(s3.call("GetObject", { ...data, Range }))).toEqual({
      code: "InvalidRange",
      status: 416,
      message: "The requested range is not satisfiable",
      RangeRequested: Range,
      ActualObjectSize: 10,
    });
  });

  it("reads an object that was put in one piece as one part", async () => {
    expect(await s3.call("HeadObject", { ...data, PartNumber: 1 })).toMatchObject({ ContentRange: "bytes 0-9/10" });
    expect(await failure(s3.call("HeadObject", { ...data, PartNumber: 2 }))).toEqual({
      code: "InvalidPartNumber",
      status: 416,
      message: "The requested partnumber is not satisfiable",
      PartNumberRequested: 2,
      ActualPartCount: 1,
    });
    expect(await failure(s3.call("GetObject", { ...data, PartNumber: 1, Range: "bytes=0-1" }))).toMatchObject({
      message: "Cannot specify both Range header and partNumber query parameter",
    });
  });
});

describe("conditions", () => {
  const before = new Date("2026-11-20T09:59:59Z");
  const same = new Date("2026-11-20T10:00:00Z");

  beforeEach(async () => {
    await s3.call("PutObject", { ...data, Body: Buffer.from("abc") });
  });

  it.each([
    [{ IfMatch: etag }],
    [{ IfMatch: "900150983cd24fb0d6963f7d28e17f72" }],
    [{ IfMatch: `"other", ${etag}` }],
    [{ IfMatch: etag, IfUnmodifiedSince: before }],
    [{ IfNoneMatch: '"other"' }],
    [{ IfNoneMatch: '"other"', IfModifiedSince: same }],
    [{ IfModifiedSince: before }],
    [{ IfUnmodifiedSince: same }],
  ])("%j holds", async (conditions) => {
    expect(await read(conditions)).toBe("abc");
  });

  it.each([
    [{ IfMatch: '"other"' }, "If-Match"],
    [{ IfMatch: '"other"', IfNoneMatch: etag }, "If-Match"],
    [{ IfUnmodifiedSince: before }, "If-Unmodified-Since"],
  ])("%j fails with 412", async (conditions, Condition) => {
    expect(await failure(s3.call("GetObject", { ...data, ...conditions }))).toEqual({
      code: "PreconditionFailed",
      status: 412,
      message: "At least one of the pre-conditions you specified did not hold",
      Condition,
    });
  });

  it.each([
    [{ IfNoneMatch: etag }],
    [{ IfNoneMatch: "*" }],
    [{ IfModifiedSince: same }],
    [{ IfNoneMatch: etag, IfModifiedSince: before }],
  ])("%j is 304", async (conditions) => {
    await expect(s3.call("HeadObject", { ...data, ...conditions })).rejects.toMatchObject({
      code: "NotModified",
      status: 304,
      headers: { etag, "last-modified": "Fri, 20 Nov 2026 10:00:00 GMT" },
    });
  });

  it("writes only where nothing is, or over what is expected", async () => {
    const failed = { code: "PreconditionFailed", status: 412 };
    expect(await failure(s3.call("PutObject", { ...data, IfNoneMatch: "*" }))).toMatchObject({
      ...failed,
      Condition: "If-None-Match",
    });
    expect(await failure(s3.call("PutObject", { ...data, IfMatch: '"other"' }))).toMatchObject({
      ...failed,
      Condition: "If-Match",
    });
    expect(await read()).toBe("abc");
    await s3.call("PutObject", { ...data, IfMatch: etag, Body: Buffer.from("abcd") });
    await s3.call("PutObject", { ...data, Key: "new", IfNoneMatch: "*" });
    expect(await failure(s3.call("PutObject", { ...data, Key: "absent", IfMatch: etag }))).toMatchObject({
      code: "NoSuchKey",
    });
    expect(await failure(s3.call("PutObject", { ...data, IfNoneMatch: etag }))).toMatchObject({
      code: "NotImplemented",
      Header: "If-None-Match",
    });
  });
});

describe("a missing key", () => {
  const refuse: Authoriser = {
    authorise: ({ permissions }) => {
      throw new AwsError("AccessDenied", `no ${permissions.map((one) => `${one.action} on ${one.resource}`).join()}`, {
        status: 403,
      });
    },
  };

  it.each(["GetObject", "HeadObject", "GetObjectTagging"] as const)(
    "is told by %s only to callers who may list the bucket",
    async (name) => {
      const missing = { ...data, Key: "missing" };
      expect(await failure(s3.call(name, missing))).toMatchObject({ code: "NoSuchKey", status: 404 });
      const strict = await s3Fixture(refuse);
      expect(await failure(strict.call(name, missing))).toEqual({
        code: "AccessDenied",
        status: 403,
        message: "no s3:ListBucket on arn:aws:s3:::data",
      });
    },
  );
});

describe("DeleteObjects with keys that the caller may not delete", () => {
  it("deletes the others and says why those stay", async () => {
    const strict = await s3Fixture({
      authorise: ({ permissions: [permission] }) => {
        if (permission?.resource.endsWith("/kept") === true) {
          throw new AwsError("AccessDenied", `no ${permission.action}`, { status: 403 });
        }
      },
    });
    for (const Key of ["kept", "gone"]) {
      await strict.call("PutObject", { Bucket: "data", Key, Body: Buffer.from("") });
    }
    const Objects = [{ Key: "kept" }, { Key: "gone" }];
    const answer = await strict.call("DeleteObjects", { Bucket: "data", Delete: { Objects } });
    expect(answer).toMatchObject({
      Deleted: [{ Key: "gone" }],
      Errors: [{ Key: "kept", Code: "AccessDenied", Message: "no s3:DeleteObject" }],
    });
    const { Contents = [] } = await strict.call("ListObjectsV2", { Bucket: "data" });
    expect(Contents.map(({ Key }) => Key)).toEqual(["kept"]);
  });
});
