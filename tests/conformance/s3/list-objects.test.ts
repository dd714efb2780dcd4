import {
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type ListObjectsV2CommandInput,
  type ListObjectsV2CommandOutput,
} from "@aws-sdk/client-s3";
import { beforeAll, describe, expect, it } from "vitest";
import { failureOf, s3UnderTest } from "./support/s3-under-test.ts";

const s3 = s3UnderTest();
// In the order of their UTF-8 bytes, which is not that of UTF-16 units: U+FF5E sorts before U+1F600.
const keys = ["Z", "a", "a/1", "a/2", "a/b/3", "a0", "sp ace & <x>", "é", "\u{FF5E}", "\u{1F600}"];

beforeAll(async () => {
  await Promise.all(keys.map((Key) => s3.client.send(new PutObjectCommand({ Bucket: s3.bucket, Key, Body: Key }))));
});

const list = (input: Partial<ListObjectsV2CommandInput>): Promise<ListObjectsV2CommandOutput> =>
  s3.client.send(new ListObjectsV2Command({ Bucket: s3.bucket, ...input }));

const keysOf = ({ Contents = [] }: { Contents?: { Key?: string | undefined }[] | undefined }): (string | undefined)[] =>
  Contents.map(({ Key }) => Key);

describe("ListObjectsV2", () => {
  it("lists keys by their bytes, with size, tag and time", async () => {
    const page = await list({});
    expect(keysOf(page)).toEqual(keys);
    expect(page).toMatchObject({ KeyCount: 10, IsTruncated: false, MaxKeys: 1000, Name: s3.bucket });
    expect(page.Contents?.[0]).toMatchObject({ Size: 1, StorageClass: "STANDARD" });
    expect(page.Contents?.[0]?.LastModified?.getMilliseconds()).toBe(0);
  });

  it.each([1, 2, 3])("pages by %d through keys and prefixes", async (pageSize) => {
    const seen: (string | undefined)[] = [];
    const input = { Bucket: s3.bucket, Delimiter: "/" };
    for await (const page of paginateListObjectsV2({ client: s3.client, pageSize }, input)) {
      expect(page.KeyCount).toBeLessThanOrEqual(pageSize);
      seen.push(...keysOf(page), ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix));
    }
    const folded = ["Z", "a", "a/", "a0", ...keys.slice(6)];
    expect(new Set(seen)).toEqual(new Set(folded));
    expect(seen).toHaveLength(folded.length);
  });

  it("narrows by prefix and start", async () => {
    expect(keysOf(await list({ Prefix: "a/", StartAfter: "a/1" }))).toEqual(["a/2", "a/b/3"]);
    expect(await list({ Prefix: "a/", Delimiter: "/" })).toMatchObject({
      Contents: [{ Key: "a/1" }, { Key: "a/2" }],
      CommonPrefixes: [{ Prefix: "a/b/" }],
    });
    expect((await list({ Prefix: "none" })).Contents).toBeUndefined();
    expect(await list({ MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false });
  });

  it("encodes names on request", async () => {
    expect(keysOf(await list({ EncodingType: "url", Prefix: "sp" }))).toEqual(["sp%20ace%20%26%20%3Cx%3E"]);
  });

  it("refuses what it cannot read", async () => {
    expect(await failureOf(list({ ContinuationToken: "nonsense" }))).toMatchObject({
      code: "InvalidArgument",
      status: 400,
      message: "The continuation token provided is incorrect",
    });
    expect(await failureOf(list({ Bucket: "no-such-bucket-here" }))).toMatchObject({
      code: "NoSuchBucket",
      status: 404,
    });
  });
});

describe("ListObjects and ListObjectVersions", () => {
  it("pages by marker", async () => {
    const first = await s3.client.send(new ListObjectsCommand({ Bucket: s3.bucket, Delimiter: "/", MaxKeys: 3 }));
    expect(first).toMatchObject({ IsTruncated: true, NextMarker: "a/", CommonPrefixes: [{ Prefix: "a/" }] });
    const second = await s3.client.send(
      new ListObjectsCommand({ Bucket: s3.bucket, Delimiter: "/", Marker: first.NextMarker }),
    );
    expect(keysOf(second)).toEqual(keys.slice(5));
  });

  it("shows every object as its only version", async () => {
    const { Versions = [] } = await s3.client.send(new ListObjectVersionsCommand({ Bucket: s3.bucket, Prefix: "a/" }));
    expect(Versions).toMatchObject([
      { Key: "a/1", VersionId: "null", IsLatest: true },
      { Key: "a/2" },
      { Key: "a/b/3" },
    ]);
  });
});
