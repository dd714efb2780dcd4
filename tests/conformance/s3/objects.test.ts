import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type GetObjectCommandInput,
  type PutObjectCommandInput,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { failureOf, s3UnderTest } from "./support/s3-under-test.ts";

const s3 = s3UnderTest();

function put(Key: string, input: Partial<PutObjectCommandInput> = {}): Promise<{ ETag?: string | undefined }> {
  return s3.client.send(new PutObjectCommand({ Bucket: s3.bucket, Key, Body: "-", ...input }));
}

async function text(Key: string, input: Partial<GetObjectCommandInput> = {}): Promise<string | undefined> {
  const { Body } = await s3.client.send(new GetObjectCommand({ Bucket: s3.bucket, Key, ...input }));
  return Body?.transformToString();
}

function get(Key: string, input: Partial<GetObjectCommandInput> = {}): Promise<Record<string, unknown>> {
  return failureOf(s3.client.send(new GetObjectCommand({ Bucket: s3.bucket, Key, ...input })));
}

describe("PutObject, GetObject, HeadObject, DeleteObject", () => {
  it.each([
    ["plain", "plain.csv"],
    ["slashes at both ends", "/dir/"],
    ["characters that URLs and XML escape", "a b+c&d%25<é>'\"😀?#.csv"],
    ["dots", "a/../b/./c"],
    ["1024 bytes", "k".repeat(1024)],
  ])("keeps an object with a key of %s", async (_what, Key) => {
    const ETag = `"${createHash("md5").update("abc").digest("hex")}"`;
    expect((await put(Key, { Body: "abc" })).ETag).toBe(ETag);
    expect(await text(Key)).toBe("abc");
    expect((await s3.client.send(new HeadObjectCommand({ Bucket: s3.bucket, Key }))).ETag).toBe(ETag);
    await s3.client.send(new DeleteObjectCommand({ Bucket: s3.bucket, Key }));
    expect(await get(Key)).toMatchObject({
      code: "NoSuchKey",
      status: 404,
      message: "The specified key does not exist.",
      Key,
    });
  });

  it("returns headers and metadata", async () => {
    await put("headers", {
      Body: "abc",
      ContentType: "text/csv; charset=utf-8",
      ContentEncoding: "gzip",
      ContentDisposition: 'attachment; filename="x.csv"',
      ContentLanguage: "de",
      CacheControl: "no-cache",
      Expires: new Date("2030-01-01T00:00:00Z"),
      Metadata: { Owner: "me", "with-dash": "a, b" },
      StorageClass: "STANDARD_IA",
      Tagging: "a=1&b=2",
    });
    const head = await s3.client.send(new HeadObjectCommand({ Bucket: s3.bucket, Key: "headers" }));
    expect(head).toMatchObject({
      AcceptRanges: "bytes",
      ContentLength: 3,
      ContentType: "text/csv; charset=utf-8",
      ContentEncoding: "gzip",
      ContentDisposition: 'attachment; filename="x.csv"',
      ContentLanguage: "de",
      CacheControl: "no-cache",
      ExpiresString: "Tue, 01 Jan 2030 00:00:00 GMT",
      Metadata: { owner: "me", "with-dash": "a, b" },
      StorageClass: "STANDARD_IA",
      TagCount: 2,
    });
    expect(head.LastModified?.getMilliseconds()).toBe(0);
    const override = { ResponseContentType: "text/plain", ResponseContentDisposition: "inline" };
    const got = await s3.client.send(new GetObjectCommand({ Bucket: s3.bucket, Key: "headers", ...override }));
    expect(got).toMatchObject({ ContentType: "text/plain", ContentDisposition: "inline" });
    expect(await got.Body?.transformToString()).toBe("abc");
  });

  it.each([0, 1, 40_000, 3_000_000])("streams %d bytes both ways", async (size) => {
    const bytes = Buffer.alloc(size, "0123456789abcdef");
    await put("stream", { Body: Readable.from([bytes]), ContentLength: size });
    const { Body, ContentLength } = await s3.client.send(new GetObjectCommand({ Bucket: s3.bucket, Key: "stream" }));
    expect(ContentLength).toBe(size);
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
  });

  it("answers 404 without a body to a head of nothing", async () => {
    const head = new HeadObjectCommand({ Bucket: s3.bucket, Key: "none" });
    expect(await failureOf(s3.client.send(head))).toMatchObject({ code: "NotFound", status: 404 });
  });

  it("refuses values outside their sets in the words of each", async () => {
    expect(await failureOf(put("gold", { StorageClass: "GOLD" as "STANDARD" }))).toMatchObject({
      code: "InvalidStorageClass",
      status: 400,
      message: "The storage class you specified is not valid",
    });
    expect(await failureOf(put("sealed", { ServerSideEncryption: "rot13" as "AES256" }))).toMatchObject({
      code: "InvalidArgument",
      message: "The encryption method specified is not supported",
    });
    expect(await failureOf(put("public", { ACL: "public-read" }))).toMatchObject({
      code: "AccessControlListNotSupported",
      message: "The bucket does not allow ACLs",
    });
  });

  it("refuses keys and metadata that are too long", async () => {
    expect(await failureOf(put("k".repeat(1025)))).toMatchObject({
      code: "KeyTooLongError",
      message: "Your key is too long",
    });
    expect(await failureOf(put("meta", { Metadata: { a: "b".repeat(2048) } }))).toMatchObject({
      code: "MetadataTooLarge",
      message: "Your metadata headers exceed the maximum allowed metadata size",
    });
  });
});

describe("ranges", () => {
  it("answers parts of an object with 206", async () => {
    await put("digits", { Body: "0123456789" });
    const command = new GetObjectCommand({ Bucket: s3.bucket, Key: "digits", Range: "bytes=2-4" });
    const { $metadata, ContentRange, ContentLength, Body } = await s3.client.send(command);
    expect([$metadata.httpStatusCode, ContentRange, ContentLength]).toEqual([206, "bytes 2-4/10", 3]);
    expect(await Body?.transformToString()).toBe("234");
    expect(await text("digits", { Range: "bytes=-3" })).toBe("789");
    expect(await text("digits", { Range: "bytes=7-99" })).toBe("789");
    expect(await text("digits", { Range: "bytes=1-2,4-5" })).toBe("0123456789");
    expect(await get("digits", { Range: "bytes=10-" })).toMatchObject({
      code: "InvalidRange",
      status: 416,
      message: "The requested range is not satisfiable",
    });
  });

  it("reads ranges far into a large object", async () => {
    const bytes = Buffer.alloc(2_000_000);
    for (let index = 0; index < bytes.length; index += 4) {
      bytes.writeUInt32BE(index, index);
    }
    await put("large", { Body: bytes });
    for (const [start, end] of [
      [65_530, 65_545],
      [1_048_575, 1_048_577],
      [1_999_999, 2_000_000],
    ] as const) {
      const command = new GetObjectCommand({ Bucket: s3.bucket, Key: "large", Range: `bytes=${start}-${end - 1}` });
      const { Body } = await s3.client.send(command);
      expect(Buffer.from((await Body?.transformToByteArray()) ?? [])).toEqual(bytes.subarray(start, end));
    }
  });
});

describe("conditions", () => {
  it("reads under conditions", async () => {
    const { ETag } = await put("conditions", { Body: "abc" });
    expect(await text("conditions", { IfMatch: ETag })).toBe("abc");
    expect(await text("conditions", { IfMatch: ETag, IfUnmodifiedSince: new Date(0) })).toBe("abc");
    expect(await get("conditions", { IfNoneMatch: ETag })).toMatchObject({ status: 304 });
    expect(await get("conditions", { IfModifiedSince: new Date(Date.now() - 1000 + 60_000) })).toMatchObject({
      status: 304,
    });
    expect(await get("conditions", { IfMatch: '"other"' })).toMatchObject({
      code: "PreconditionFailed",
      status: 412,
      message: "At least one of the pre-conditions you specified did not hold",
      Condition: "If-Match",
    });
    const head = new HeadObjectCommand({ Bucket: s3.bucket, Key: "conditions", IfMatch: '"other"' });
    expect(await failureOf(s3.client.send(head))).toMatchObject({ status: 412 });
  });

  it("lets one of many writers create an object", async () => {
    const writes = Array.from({ length: 8 }, (_, index) => put("once", { Body: `${index}`, IfNoneMatch: "*" }));
    const outcomes = await Promise.allSettled(writes);
    const winners = outcomes.flatMap((outcome, index) => (outcome.status === "fulfilled" ? [`${index}`] : []));
    expect(winners).toHaveLength(1);
    expect(await text("once")).toBe(winners[0]);
    expect(await failureOf(put("once", { IfNoneMatch: "*" }))).toMatchObject({
      code: "PreconditionFailed",
      status: 412,
      Condition: "If-None-Match",
    });
  });

  it("overwrites what is expected only", async () => {
    const { ETag } = await put("compare", { Body: "one" });
    await put("compare", { Body: "two", IfMatch: ETag });
    expect(await failureOf(put("compare", { Body: "three", IfMatch: ETag }))).toMatchObject({ status: 412 });
    expect(await text("compare")).toBe("two");
  });
});

describe("checksums", () => {
  it.each(["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] as const)(
    "%s is verified, kept and returned",
    async (ChecksumAlgorithm) => {
      const Key = `sum-${ChecksumAlgorithm}`;
      const member = `Checksum${ChecksumAlgorithm}` as const;
      const stored = await s3.client.send(
        new PutObjectCommand({ Bucket: s3.bucket, Key, Body: "123456789", ChecksumAlgorithm }),
      );
      expect(stored[member]).toBe(checkOf[ChecksumAlgorithm]);
      const input = { Bucket: s3.bucket, Key, ChecksumMode: "ENABLED" as const };
      expect((await s3.client.send(new HeadObjectCommand(input)))[member]).toBe(stored[member]);
      // The client compares what it reads with the checksum that it was told.
      expect(await text(Key, { ChecksumMode: "ENABLED" })).toBe("123456789");
      const attributes = { Bucket: s3.bucket, Key, ObjectAttributes: ["Checksum" as const, "ObjectSize" as const] };
      expect(await s3.client.send(new GetObjectAttributesCommand(attributes))).toMatchObject({
        ObjectSize: 9,
        Checksum: { [member]: stored[member], ChecksumType: "FULL_OBJECT" },
      });

      const wrong = put(Key, { Body: "other", [member]: stored[member] });
      expect(await failureOf(wrong)).toMatchObject({
        code: "BadDigest",
        status: 400,
        message: `The ${ChecksumAlgorithm} you specified did not match the calculated checksum.`,
      });
      expect(await text(Key)).toBe("123456789");
    },
  );

  it("compares Content-MD5", async () => {
    expect(await failureOf(put("md5", { Body: "abc", ContentMD5: "AAAAAAAAAAAAAAAAAAAAAA==" }))).toMatchObject({
      code: "BadDigest",
      message: "The Content-MD5 you specified did not match what we received.",
    });
    expect(await failureOf(put("md5", { Body: "abc", ContentMD5: "nonsense" }))).toMatchObject({
      code: "InvalidDigest",
      message: "The Content-MD5 you specified was invalid.",
    });
    expect(await get("md5")).toMatchObject({ code: "NoSuchKey" });
  });
});

/** The published check values of each algorithm (of the text 123456789), in base64. */
const checkOf = {
  CRC32: Buffer.from("cbf43926", "hex").toString("base64"),
  CRC32C: Buffer.from("e3069283", "hex").toString("base64"),
  CRC64NVME: Buffer.from("ae8b14860a799888", "hex").toString("base64"),
  SHA1: createHash("sha1").update("123456789").digest("base64"),
  SHA256: createHash("sha256").update("123456789").digest("base64"),
};

describe("tags", () => {
  it("are replaced as a set", async () => {
    const target = { Bucket: s3.bucket, Key: "tagged" };
    await put("tagged", { Tagging: "stage=raw" });
    await s3.client.send(new PutObjectTaggingCommand({ ...target, Tagging: { TagSet: [{ Key: "a", Value: "" }] } }));
    expect((await s3.client.send(new GetObjectTaggingCommand(target))).TagSet).toEqual([{ Key: "a", Value: "" }]);
    const TagSet = Array.from({ length: 11 }, (_, index) => ({ Key: `k${index}`, Value: "v" }));
    const tooMany = s3.client.send(new PutObjectTaggingCommand({ ...target, Tagging: { TagSet } }));
    expect(await failureOf(tooMany)).toMatchObject({
      code: "BadRequest",
      message: "Object tags cannot be greater than 10",
    });
  });
});

describe("DeleteObjects", () => {
  it("deletes a thousand keys at once", async () => {
    const Objects = Array.from({ length: 1000 }, (_, index) => ({ Key: `many/${index} & <${index}>` }));
    await Promise.all(Objects.slice(0, 20).map(({ Key }) => put(Key)));
    const command = new DeleteObjectsCommand({ Bucket: s3.bucket, Delete: { Objects } });
    const { Deleted = [], Errors } = await s3.client.send(command);
    expect([Deleted.length, Errors]).toEqual([1000, undefined]);
    expect(await get(Objects[0]?.Key ?? "")).toMatchObject({ code: "NoSuchKey" });
    const quiet = { Quiet: true, Objects: [{ Key: "x" }] };
    const answer = await s3.client.send(new DeleteObjectsCommand({ Bucket: s3.bucket, Delete: quiet }));
    expect(answer.Deleted).toBeUndefined();
    const tooMany = { Objects: [...Objects, { Key: "one more" }] };
    expect(
      await failureOf(s3.client.send(new DeleteObjectsCommand({ Bucket: s3.bucket, Delete: tooMany }))),
    ).toMatchObject({ code: "MalformedXML", status: 400 });
  });
});
