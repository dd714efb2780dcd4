import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { contentOf, sameBytes, inPieces, largeSize, type ObjectStoreFixture } from "./testing/object-store-fixture.ts";
import type { ChecksumAlgorithm, MultipartUpload } from "./object-store.ts";

export function describeUploads({ opened, store, newBucket }: ObjectStoreFixture): void {
  const newUpload = async (
    bucket: string,
    key = "k",
    options: Parameters<ReturnType<typeof store>["createUpload"]>[2] = {},
  ): Promise<MultipartUpload> => {
    const upload = await store().createUpload(bucket, key, options);
    if (upload === undefined) {
      throw new Error(`no bucket ${bucket}`);
    }
    return upload;
  };
  const md5 = (bytes: Uint8Array): string => createHash("md5").update(bytes).digest("hex");

  describe("multipart uploads", () => {
    it("make an object of the chosen parts in order, and release the others", async () => {
      const bucket = await newBucket();
      const before = await opened().blobCount();
      const upload = await newUpload(bucket, "k", {
        systemMetadata: { "content-type": "text/csv" },
        userMetadata: { a: "1" },
        tags: { t: "1" },
      });
      const parts = [randomBytes(largeSize), randomBytes(10), randomBytes(0), randomBytes(2 ** 20)];
      await store().putPart(upload.uploadId, 7, inPieces(parts[3] ?? Buffer.alloc(0)));
      await store().putPart(upload.uploadId, 5, parts[2] ?? Buffer.alloc(0));
      await store().putPart(upload.uploadId, 4, randomBytes(100));
      await store().putPart(upload.uploadId, 3, randomBytes(100));
      await store().putPart(upload.uploadId, 3, parts[1] ?? Buffer.alloc(0));
      await store().putPart(upload.uploadId, 1, parts[0] ?? Buffer.alloc(0));
      const whole = Buffer.concat(parts);

      const result = await store().completeUpload(upload.uploadId, [1, 3, 5, 7]);

      const etag = `${md5(Buffer.concat(parts.map((part) => Buffer.from(md5(part), "hex"))))}-4`;
      const expected = {
        key: "k",
        size: whole.length,
        etag,
        partSizes: parts.map((part) => part.length),
        systemMetadata: { "content-type": "text/csv" },
        userMetadata: { a: "1" },
        tags: { t: "1" },
      };
      expect(result).toMatchObject({ outcome: "stored", object: expected });
      expect(await store().head(bucket, "k")).toMatchObject(expected);
      expect(sameBytes(await contentOf(store(), bucket, "k"), whole)).toBe(true);
      const object = await store().open(bucket, "k");
      const range = { start: largeSize - 5, end: largeSize + 25 };
      expect(Buffer.from((await object?.bytes(range)) ?? [])).toEqual(whole.subarray(range.start, range.end + 1));
      await object?.close();
      expect(await opened().blobCount()).toBe(before + 4);
      expect(await store().getUpload(bucket, "k", upload.uploadId)).toBeUndefined();
      expect(await store().completeUpload(upload.uploadId, [1])).toEqual({ outcome: "no-such-upload" });
      await store().delete(bucket, "k");
      expect(await opened().blobCount()).toBe(before);
    });

    it("are gone after an abort, with their parts", async () => {
      const bucket = await newBucket();
      const before = await opened().blobCount();
      const { uploadId } = await newUpload(bucket);
      await store().putPart(uploadId, 1, randomBytes(largeSize));
      expect(await store().abortUpload(uploadId)).toBe(true);
      expect(await store().abortUpload(uploadId)).toBe(false);
      expect(await store().putPart(uploadId, 2, randomBytes(10))).toBeUndefined();
      expect(await store().completeUpload(uploadId, [1])).toEqual({ outcome: "no-such-upload" });
      expect(await opened().blobCount()).toBe(before);
      expect(await store().createUpload("absent", "k", {})).toBeUndefined();
    });

    it("list their parts with sizes, etags and checksums", async () => {
      const bucket = await newBucket();
      const { uploadId } = await newUpload(bucket, "k", { algorithm: "CRC32", checksumType: "COMPOSITE" });
      const bodies = [1, 2, 3].map((size) => randomBytes(size));
      for (const [index, body] of bodies.entries()) {
        await store().putPart(uploadId, index + 1, body, { algorithms: ["CRC32"] });
      }
      const parts = await store().listParts(uploadId, 1, 1);
      const crc = Buffer.alloc(4);
      crc.writeUInt32BE(crc32(bodies[1] ?? Buffer.alloc(0)));
      expect(parts).toEqual([
        {
          partNumber: 2,
          size: 2,
          etag: md5(bodies[1] ?? Buffer.alloc(0)),
          lastModified: opened().clock.now(),
          checksums: [{ algorithm: "CRC32", value: crc.toString("base64"), type: "FULL_OBJECT" }],
        },
      ]);
      expect((await store().listParts(uploadId, 0, 10)).map((part) => part.partNumber)).toEqual([1, 2, 3]);
    });

    it.each(["CRC32", "CRC32C", "CRC64NVME"] as const)(
      "give the %s of the whole object from those of the parts",
      async (algorithm) => {
        const bucket = await newBucket();
        const bodies = [randomBytes(5000), randomBytes(5000), randomBytes(0), randomBytes(123_457)];
        await store().put(bucket, "whole", Buffer.concat(bodies), { algorithms: [algorithm] });
        const { uploadId } = await newUpload(bucket, "k", { algorithm, checksumType: "FULL_OBJECT" });
        for (const [index, body] of bodies.entries()) {
          await store().putPart(uploadId, index + 1, body, { algorithms: [algorithm] });
        }
        await store().completeUpload(uploadId, [1, 2, 3, 4]);
        const expected = await store().head(bucket, "whole");
        expect((await store().head(bucket, "k"))?.checksums).toEqual(expected?.checksums);
      },
    );

    it("give a composite checksum: that of the parts' checksums, and their number", async () => {
      const bucket = await newBucket();
      const algorithm: ChecksumAlgorithm = "SHA256";
      const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();
      const bodies = [randomBytes(10), randomBytes(20)];
      const { uploadId } = await newUpload(bucket, "k", { algorithm, checksumType: "COMPOSITE" });
      for (const [index, body] of bodies.entries()) {
        await store().putPart(uploadId, index + 1, body, { algorithms: [algorithm] });
      }
      await store().completeUpload(uploadId, [1, 2]);
      const value = `${sha256(Buffer.concat(bodies.map(sha256))).toString("base64")}-2`;
      expect((await store().head(bucket, "k"))?.checksums).toEqual([{ algorithm, value, type: "COMPOSITE" }]);
    });

    it("complete once when asked at the same time, and not at all when verification or the condition fails", async () => {
      const bucket = await newBucket();
      const { uploadId } = await newUpload(bucket);
      await store().putPart(uploadId, 1, Buffer.from("x"));
      const refuse = store().completeUpload(uploadId, [1], {
        verify: () => {
          throw new Error("refused");
        },
      });
      await expect(refuse).rejects.toThrow("refused");
      await store().put(bucket, "k", Buffer.from("there"));
      expect(await store().completeUpload(uploadId, [1], { condition: { type: "absent" } })).toEqual({
        outcome: "condition-failed",
      });
      const outcomes = await Promise.all([1, 2, 3].map(() => store().completeUpload(uploadId, [1])));
      expect(outcomes.map((outcome) => outcome.outcome).sort()).toEqual(["no-such-upload", "no-such-upload", "stored"]);
      expect((await contentOf(store(), bucket, "k"))?.toString()).toBe("x");
    });

    it("are listed by key and then by creation, in pages, with common prefixes", async () => {
      const bucket = await newBucket();
      const made: MultipartUpload[] = [];
      for (const key of ["b", "a/1", "b", "a/2", "c"]) {
        made.push(await newUpload(bucket, key));
      }
      const all = { prefix: "", delimiter: "", after: "", limit: 10 };
      const sorted = [made[1], made[3], made[0], made[2], made[4]];
      expect((await store().listUploads(bucket, all)).uploads).toEqual(sorted);
      const first = await store().listUploads(bucket, { ...all, limit: 3 });
      expect(first).toEqual({ uploads: sorted.slice(0, 3), commonPrefixes: [], more: true });
      const afterUploadId = first.uploads[2]?.uploadId ?? "";
      expect((await store().listUploads(bucket, { ...all, after: "b", afterUploadId })).uploads).toEqual(
        sorted.slice(3),
      );
      expect((await store().listUploads(bucket, { ...all, after: "b" })).uploads).toEqual(sorted.slice(4));
      expect(await store().listUploads(bucket, { ...all, delimiter: "/" })).toEqual({
        uploads: sorted.slice(2),
        commonPrefixes: ["a/"],
        more: false,
      });
    });
  });
}
