import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { failure, s3Fixture, type S3Fixture } from "../testing/s3-fixture.ts";

const Bucket = "data";
const keys = ["a.csv", "raw/1.csv", "raw/2.csv", "raw/deep/3.csv", "sp ace+%", "z"];
let s3: S3Fixture;

beforeEach(async () => {
  s3 = await s3Fixture();
  for (const Key of keys) {
    await s3.call("PutObject", { Bucket, Key, Body: Buffer.from(Key) });
  }
});

const keysOf = (page: { Contents?: { Key?: string | undefined }[] | undefined }): (string | undefined)[] =>
  (page.Contents ?? []).map(({ Key }) => Key);

describe("ListObjectsV2", () => {
  it("lists keys with what is known about them", async () => {
    const page = await s3.call("ListObjectsV2", { Bucket });
    expect(keysOf(page)).toEqual(keys);
    expect(page).toMatchObject({ Name: Bucket, Prefix: "", MaxKeys: 1000, KeyCount: 6, IsTruncated: false });
    expect(page.Contents?.[0]).toEqual({
      Key: "a.csv",
      LastModified: new Date("2026-11-20T10:00:00Z"),
      ETag: `"${createHash("md5").update("a.csv").digest("hex")}"`,
      Size: 5,
      StorageClass: "STANDARD",
    });
    const owned = await s3.call("ListObjectsV2", { Bucket, FetchOwner: true });
    expect(owned.Contents?.[0]?.Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
  });

  it("folds by delimiter and pages through keys and prefixes together", async () => {
    const seen: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.call("ListObjectsV2", { Bucket, Delimiter: "/", MaxKeys: 1, ContinuationToken });
      seen.push(...keysOf(page), ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix));
      expect(page).toMatchObject({ KeyCount: 1, MaxKeys: 1, ContinuationToken });
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(seen).toEqual(["a.csv", "raw/", "sp ace+%", "z"]);
  });

  it("starts after a key, within a prefix, up to a clamped page", async () => {
    expect(keysOf(await s3.call("ListObjectsV2", { Bucket, StartAfter: "raw/2.csv" }))).toEqual([
      "raw/deep/3.csv",
      "sp ace+%",
      "z",
    ]);
    const inner = await s3.call("ListObjectsV2", { Bucket, Prefix: "raw/", Delimiter: "/", MaxKeys: 5000 });
    expect(inner).toMatchObject({ MaxKeys: 1000, KeyCount: 3, CommonPrefixes: [{ Prefix: "raw/deep/" }] });
    expect(await s3.call("ListObjectsV2", { Bucket, MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false });
  });

  it("encodes names on request", async () => {
    const page = await s3.call("ListObjectsV2", { Bucket, Prefix: "sp ", EncodingType: "url" });
    expect(page).toMatchObject({ Prefix: "sp%20", EncodingType: "url", Contents: [{ Key: "sp%20ace%2B%25" }] });
    expect(keysOf(await s3.call("ListObjectsV2", { Bucket, Prefix: "raw/1", EncodingType: "url" }))).toEqual([
      "raw/1.csv",
    ]);
  });

  it.each([
    [{ MaxKeys: -1 }, "Argument maxKeys must be an integer between 0 and 2147483647"],
    [{ ContinuationToken: "x" }, "The continuation token provided is incorrect"],
    [{ ContinuationToken: "" }, "The continuation token provided is incorrect"],
    [{ EncodingType: "zip" as "url" }, "Invalid Encoding Method specified in Request"],
  ])("refuses %j", async (input, message) => {
    expect(await failure(s3.call("ListObjectsV2", { Bucket, ...input }))).toMatchObject({
      code: "InvalidArgument",
      status: 400,
      message,
    });
  });

  it("is an act on the bucket, narrowed by condition keys", () => {
    expect(s3.permissions("ListObjectsV2", { Bucket, Prefix: "raw/", Delimiter: "/", MaxKeys: 7 })).toEqual([
      {
        action: "s3:ListBucket",
        resource: "arn:aws:s3:::data",
        conditionKeys: { "s3:prefix": ["raw/"], "s3:delimiter": ["/"], "s3:max-keys": ["7"] },
      },
    ]);
  });
});

describe("ListObjects", () => {
  it("pages by marker, which it names only where there is a delimiter", async () => {
    const plain = await s3.call("ListObjects", { Bucket, MaxKeys: 2 });
    expect(keysOf(plain)).toEqual(["a.csv", "raw/1.csv"]);
    expect(plain).toMatchObject({ IsTruncated: true, Marker: "", NextMarker: undefined });
    expect(plain.Contents?.[0]?.Owner?.ID).toBeDefined();
    expect(keysOf(await s3.call("ListObjects", { Bucket, Marker: "raw/1.csv", MaxKeys: 1 }))).toEqual(["raw/2.csv"]);

    const folded = await s3.call("ListObjects", { Bucket, Delimiter: "/", MaxKeys: 2 });
    expect(folded).toMatchObject({ NextMarker: "raw/", CommonPrefixes: [{ Prefix: "raw/" }] });
    expect(keysOf(await s3.call("ListObjects", { Bucket, Delimiter: "/", Marker: "raw/" }))).toEqual(["sp ace+%", "z"]);
  });

  it("has no pages of a bucket that does not exist", async () => {
    expect(await failure(s3.call("ListObjects", { Bucket: "none" }))).toMatchObject({ code: "NoSuchBucket" });
    expect(await failure(s3.call("ListObjectsV2", { Bucket: "none" }))).toMatchObject({ code: "NoSuchBucket" });
  });
});

describe("ListObjectVersions", () => {
  it("shows each object as its only version", async () => {
    const page = await s3.call("ListObjectVersions", { Bucket, MaxKeys: 1 });
    expect(page).toMatchObject({
      Versions: [{ Key: "a.csv", VersionId: "null", IsLatest: true }],
      NextKeyMarker: "a.csv",
      IsTruncated: true,
    });
  });
});
