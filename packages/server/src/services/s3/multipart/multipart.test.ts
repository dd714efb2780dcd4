import { beforeEach, describe, expect, it } from "vitest";
import { failure, s3Fixture, type S3Fixture } from "../testing/s3-fixture.ts";

const data = { Bucket: "data", Key: "model.tar.gz" };
const mebi5 = Buffer.alloc(5 * 1024 * 1024, 1);
const tail = Buffer.from("tail");
let s3: S3Fixture;

beforeEach(async () => {
  s3 = await s3Fixture();
});

async function begin(input: object = {}): Promise<{ Bucket: string; Key: string; UploadId: string }> {
  const { UploadId = "" } = await s3.call("CreateMultipartUpload", { ...data, ...input });
  return { ...data, UploadId };
}

async function upload(
  id: { UploadId: string },
  parts: readonly Buffer[],
): Promise<{ PartNumber: number; ETag: string }[]> {
  const named: { PartNumber: number; ETag: string }[] = [];
  for (const [index, Body] of parts.entries()) {
    const PartNumber = index + 1;
    const { ETag = "" } = await s3.call("UploadPart", { ...data, ...id, PartNumber, Body, ContentLength: Body.length });
    named.push({ PartNumber, ETag });
  }
  return named;
}

describe("a multipart upload", () => {
  it("becomes one object, readable by its parts", async () => {
    const id = await begin({ ContentType: "application/gzip", Metadata: { a: "b" }, Tagging: "t=1" });
    const Parts = await upload(id, [mebi5, tail]);
    expect(await s3.call("CompleteMultipartUpload", { ...id, MultipartUpload: { Parts } })).toEqual({
      Location: "http://127.0.0.1:4566/data/model.tar.gz",
      ...data,
      ETag: expect.stringMatching(/^"[0-9a-f]{32}-2"$/) as string,
    });
    expect(await s3.call("HeadObject", { ...data, PartNumber: 2 })).toMatchObject({
      ContentRange: `bytes ${mebi5.length}-${mebi5.length + 3}/${mebi5.length + 4}`,
      ContentLength: 4,
      PartsCount: 2,
      ContentType: "application/gzip",
      Metadata: { a: "b" },
      TagCount: 1,
    });
    expect(await s3.call("GetObjectAttributes", { ...data, ObjectAttributes: ["ObjectParts"] })).toMatchObject({
      ObjectParts: { TotalPartsCount: 2 },
    });
    expect(await failure(s3.call("ListParts", id))).toEqual({
      code: "NoSuchUpload",
      status: 404,
      message:
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
      UploadId: id.UploadId,
    });
  });

  it("can be aborted, and lists its parts until then", async () => {
    const id = await begin();
    await upload(id, [tail, tail, tail]);
    const first = await s3.call("ListParts", { ...id, MaxParts: 2 });
    expect(first).toMatchObject({
      Parts: [{ PartNumber: 1, Size: 4 }, { PartNumber: 2 }],
      IsTruncated: true,
      NextPartNumberMarker: "2",
    });
    expect(await s3.call("ListParts", { ...id, PartNumberMarker: "2" })).toMatchObject({
      Parts: [{ PartNumber: 3 }],
      IsTruncated: false,
    });
    expect(await s3.call("AbortMultipartUpload", id)).toEqual({});
    expect(await failure(s3.call("AbortMultipartUpload", id))).toMatchObject({ code: "NoSuchUpload" });
    expect(await failure(s3.call("UploadPart", { ...id, PartNumber: 1, Body: tail }))).toMatchObject({
      code: "NoSuchUpload",
    });
  });

  it("is not reached by another key", async () => {
    const id = await begin();
    expect(await failure(s3.call("ListParts", { ...id, Key: "other" }))).toMatchObject({ code: "NoSuchUpload" });
  });

  it("copies parts from objects", async () => {
    await s3.call("PutObject", { Bucket: "data", Key: "src", Body: Buffer.from("0123456789") });
    const id = await begin();
    const copy = { ...id, PartNumber: 1, CopySource: "data/src", CopySourceRange: "bytes=2-4" };
    const { CopyPartResult } = await s3.call("UploadPartCopy", copy);
    const Parts = [{ PartNumber: 1, ETag: CopyPartResult?.ETag }];
    await s3.call("CompleteMultipartUpload", { ...id, MultipartUpload: { Parts } });
    const { Body } = await s3.call("GetObject", data);
    expect(Buffer.from(Body as unknown as Uint8Array).toString()).toBe("234");
  });

  it.each([
    ["bytes=2-10", "Range specified is not valid for source object of size: 10"],
    [
      "bytes=2-",
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
    ],
  ])("refuses to copy %s", async (CopySourceRange, message) => {
    await s3.call("PutObject", { Bucket: "data", Key: "src", Body: Buffer.from("0123456789") });
    const id = await begin();
    const copy = s3.call("UploadPartCopy", { ...id, PartNumber: 1, CopySource: "data/src", CopySourceRange });
    expect(await failure(copy)).toMatchObject({ code: "InvalidArgument", message, ArgumentValue: CopySourceRange });
  });

  it.each([0, 10_001])("has no part %d", async (PartNumber) => {
    const id = await begin();
    expect(await failure(s3.call("UploadPart", { ...id, PartNumber, Body: tail }))).toEqual({
      code: "InvalidArgument",
      status: 400,
      message: "Part number must be an integer between 1 and 10000, inclusive",
      ArgumentName: "partNumber",
      ArgumentValue: String(PartNumber),
    });
  });
});

describe("CompleteMultipartUpload refuses", () => {
  const complete = (id: Awaited<ReturnType<typeof begin>>, Parts: object[], more: object = {}): Promise<object> =>
    failure(s3.call("CompleteMultipartUpload", { ...id, MultipartUpload: { Parts }, ...more }));

  it("no parts, parts out of order, unknown and changed parts", async () => {
    const id = await begin();
    const [first, second] = await upload(id, [mebi5, tail]);
    expect(await complete(id, [])).toMatchObject({ code: "MalformedXML" });
    expect(await complete(id, [{ ...second }, { ...first }])).toMatchObject({
      code: "InvalidPartOrder",
      message: "The list of parts was not in ascending order. Parts must be ordered by part number.",
    });
    const invalid = {
      code: "InvalidPart",
      status: 400,
      message:
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
      UploadId: id.UploadId,
    };
    expect(await complete(id, [{ PartNumber: 9, ETag: '"x"' }])).toEqual({ ...invalid, PartNumber: 9, ETag: '"x"' });
    expect(await complete(id, [{ PartNumber: 1, ETag: '"x"' }])).toEqual({ ...invalid, PartNumber: 1, ETag: '"x"' });
  });

  it("a small part that is not the last", async () => {
    const id = await begin();
    const parts = await upload(id, [tail, tail]);
    expect(await complete(id, parts)).toMatchObject({
      code: "EntityTooSmall",
      message: "Your proposed upload is smaller than the minimum allowed size",
      ProposedSize: 4,
      MinSizeAllowed: 5242880,
      PartNumber: 1,
    });
  });

  it("a size that is not the sum, and a condition that does not hold", async () => {
    const id = await begin();
    const parts = await upload(id, [tail]);
    expect(await complete(id, parts, { MpuObjectSize: 5 })).toMatchObject({
      message: "The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: 4",
    });
    await s3.call("PutObject", data);
    expect(await complete(id, parts, { IfNoneMatch: "*" })).toMatchObject({ code: "PreconditionFailed", status: 412 });
    await s3.call("CompleteMultipartUpload", { ...id, MultipartUpload: { Parts: parts } });
  });
});

describe("checksums of uploads", () => {
  const sha256 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";

  it("are composite for SHA and must be confirmed part by part", async () => {
    const id = await begin({ ChecksumAlgorithm: "SHA256" });
    const part = { ...id, PartNumber: 1, Body: Buffer.from("abc"), ChecksumSHA256: sha256 };
    const { ETag, ChecksumSHA256 } = await s3.call("UploadPart", part);
    expect(ChecksumSHA256).toBe(sha256);
    const complete = (Part: object, more: object = {}): ReturnType<typeof s3.call<"CompleteMultipartUpload">> =>
      s3.call("CompleteMultipartUpload", { ...id, MultipartUpload: { Parts: [Part] }, ...more });
    expect(await failure(complete({ PartNumber: 1, ETag }))).toMatchObject({
      code: "InvalidRequest",
      message:
        "The upload was created using a sha256 checksum. The complete request must include the checksum for each part. It was missing for part 1 in the request.",
    });
    expect(await failure(complete({ PartNumber: 1, ETag, ChecksumSHA256: "other" }))).toMatchObject({
      code: "InvalidPart",
    });
    const stated = { PartNumber: 1, ETag, ChecksumSHA256 };
    expect(await failure(complete(stated, { ChecksumSHA256: "other" }))).toMatchObject({ code: "BadDigest" });
    expect(await failure(complete(stated, { ChecksumType: "FULL_OBJECT" }))).toMatchObject({
      message:
        "The upload was created using the COMPOSITE checksum mode. The complete request must use the same checksum mode.",
    });
    expect(await complete(stated)).toMatchObject({
      ChecksumSHA256: expect.stringMatching(/-1$/) as string,
      ChecksumType: "COMPOSITE",
    });
  });

  it("of the whole object need nothing from the completion", async () => {
    const id = await begin({ ChecksumAlgorithm: "CRC32", ChecksumType: "FULL_OBJECT" });
    const Parts = await upload(id, [Buffer.from("abc")]);
    expect(await s3.call("CompleteMultipartUpload", { ...id, MultipartUpload: { Parts } })).toMatchObject({
      ChecksumCRC32: "NSRBwg==",
      ChecksumType: "FULL_OBJECT",
    });
  });

  it("are of the kind that was promised", async () => {
    const id = await begin({ ChecksumAlgorithm: "CRC32" });
    const part = { ...id, PartNumber: 1, Body: Buffer.from("abc"), ChecksumSHA256: sha256 };
    expect(await failure(s3.call("UploadPart", part))).toMatchObject({
      code: "InvalidRequest",
      message: "Checksum Type mismatch occurred, expected checksum Type: crc32, actual checksum Type: sha256",
    });
    expect(await failure(begin({ ChecksumAlgorithm: "SHA1", ChecksumType: "FULL_OBJECT" }))).toMatchObject({
      message: "The FULL_OBJECT checksum type cannot be used with the sha1 checksum algorithm.",
    });
  });
});

describe("ListMultipartUploads", () => {
  it("pages by key and id, and folds", async () => {
    const ids: (string | undefined)[] = [];
    for (const Key of ["a", "b/1", "b/2", "c", "c"]) {
      ids.push((await s3.call("CreateMultipartUpload", { Bucket: "data", Key })).UploadId);
    }
    const seen: string[] = [];
    let markers: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {};
    for (;;) {
      const page = await s3.call("ListMultipartUploads", { Bucket: "data", Delimiter: "/", MaxUploads: 1, ...markers });
      seen.push(...(page.Uploads ?? []).map(({ Key = "", UploadId = "" }) => `${Key} ${UploadId}`));
      seen.push(...(page.CommonPrefixes ?? []).map(({ Prefix = "" }) => Prefix));
      if (page.IsTruncated !== true) {
        break;
      }
      markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
    }
    expect(seen).toEqual([`a ${ids[0]}`, "b/", `c ${ids[3]}`, `c ${ids[4]}`]);
  });
});
