import { Readable } from "node:stream";
import { RequestBody } from "@clary/wire";
import { beforeEach, describe, expect, it } from "vitest";
import { failure, s3Fixture, type S3Fixture } from "../testing/s3-fixture.ts";

const data = { Bucket: "data", Key: "k" };
const Body = Buffer.from("abc");
const crc32 = "NSRBwg==";
const sha256 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
const md5 = "kAFQmDzST7DWlj99KOF/cg==";
let s3: S3Fixture;

beforeEach(async () => {
  s3 = await s3Fixture();
});

/** Bytes with a trailing checksum, as SDKs send them over https. */
function trailing(trailers: Record<string, string>, names: string[] = ["x-amz-checksum-crc32"]): RequestBody {
  return new RequestBody(Readable.from([Body]), { trailerNames: names, trailers: () => trailers });
}

function put(input: object): Promise<unknown> {
  return s3.call("PutObject", { ...data, ContentLength: 3, Body, ...input });
}

describe("checksums of a put", () => {
  it.each([
    [{ ChecksumCRC32: crc32 }, { ChecksumCRC32: crc32 }],
    [{ ChecksumCRC64NVME: "BeXKuz/B+us=" }, { ChecksumCRC64NVME: "BeXKuz/B+us=" }],
    [{ ChecksumAlgorithm: "SHA256", ChecksumSHA256: sha256 }, { ChecksumSHA256: sha256 }],
    [{ ChecksumAlgorithm: "CRC32", Body: trailing({ "x-amz-checksum-crc32": crc32 }) }, { ChecksumCRC32: crc32 }],
  ])("are verified, kept and returned on request: %o", async (input, kept) => {
    expect(await put(input)).toMatchObject({ ...kept, ChecksumType: "FULL_OBJECT" });
    expect(await s3.call("HeadObject", { ...data, ChecksumMode: "ENABLED" })).toMatchObject(kept);
    expect(await s3.call("HeadObject", data)).not.toHaveProperty("ChecksumType");
    // Clients would compare a part of the bytes with the checksum of all of them.
    expect(await s3.call("HeadObject", { ...data, ChecksumMode: "ENABLED", Range: "bytes=0-1" })).not.toHaveProperty(
      "ChecksumType",
    );
    expect(await s3.call("ListObjectsV2", { Bucket: "data" })).toMatchObject({
      Contents: [{ ChecksumAlgorithm: [Object.keys(kept)[0]?.slice("Checksum".length)], ChecksumType: "FULL_OBJECT" }],
    });
  });

  it.each([
    [
      { ChecksumCRC32: "AAAAAA==" },
      { code: "BadDigest", message: "The CRC32 you specified did not match the calculated checksum." },
    ],
    [
      { Body: trailing({ "x-amz-checksum-crc32": "AAAAAA==" }) },
      { code: "BadDigest", message: "The CRC32 you specified did not match the calculated checksum." },
    ],
    [
      { Body: trailing({}) },
      {
        code: "MalformedTrailerError",
        message:
          "The request contained trailing data that was not well-formed or did not conform to our published schema.",
      },
    ],
    [
      { ChecksumCRC32: "nonsense" },
      { code: "InvalidRequest", message: "Value for x-amz-checksum-crc32 header is invalid." },
    ],
    [
      { ChecksumCRC32: crc32, ChecksumSHA256: sha256 },
      {
        code: "InvalidRequest",
        message: "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
      },
    ],
    [
      { ChecksumSHA256: sha256, Body: trailing({ "x-amz-checksum-crc32": crc32 }) },
      {
        code: "InvalidRequest",
        message: "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
      },
    ],
    [
      { ChecksumAlgorithm: "CRC32" },
      {
        code: "InvalidRequest",
        message:
          "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.",
      },
    ],
    [
      { ChecksumAlgorithm: "SHA1", ChecksumCRC32: crc32 },
      { code: "InvalidRequest", message: "Value for x-amz-sdk-checksum-algorithm header is invalid." },
    ],
    [{ ChecksumXXHASH3: "AAAA" }, { code: "NotImplemented", status: 501, Header: "x-amz-checksum-xxhash3" }],
    [
      { ContentMD5: "AAAAAAAAAAAAAAAAAAAAAA==" },
      {
        code: "BadDigest",
        message: "The Content-MD5 you specified did not match what we received.",
        ExpectedDigest: "AAAAAAAAAAAAAAAAAAAAAA==",
        CalculatedDigest: md5,
      },
    ],
    [{ ContentMD5: "short" }, { code: "InvalidDigest", message: "The Content-MD5 you specified was invalid." }],
  ])("%o is refused and leaves nothing", async (input, expected) => {
    expect(await failure(put(input))).toMatchObject(expected);
    expect(await s3.objects.head("data", "k")).toBeUndefined();
  });

  it("accepts the right Content-MD5", async () => {
    expect(await put({ ContentMD5: md5 })).toEqual({ ETag: '"900150983cd24fb0d6963f7d28e17f72"' });
  });

  it("ends with the error the body failed with", async () => {
    const Failing = Readable.from(
      (async function* body() {
        yield Body;
        throw new Error("chunk signature");
      })(),
    );
    await expect(put({ Body: new RequestBody(Failing) })).rejects.toThrow("chunk signature");
    expect(await s3.objects.head("data", "k")).toBeUndefined();
  });
});
