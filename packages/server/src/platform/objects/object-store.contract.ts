import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeListing } from "./object-listing.contract.ts";
import type { PutOptions } from "./object-store.ts";
import { describeUploads } from "./object-uploads.contract.ts";
import {
  contentOf,
  inPieces,
  largeSize,
  owner,
  readAll,
  sameBytes,
  type ObjectStoreFixture,
  type ObjectStoreUnderTest,
} from "./testing/object-store-fixture.ts";

/** Every implementation of `ObjectStore` passes this. Each test uses a bucket of its own. */
export function describeObjectStore(name: string, create: () => Promise<ObjectStoreUnderTest>): void {
  describe(`ObjectStore: ${name}`, () => {
    let opened: ObjectStoreUnderTest;
    let buckets = 0;
    beforeAll(async () => {
      opened = await create();
    });
    afterAll(() => opened.close());
    const fixture: ObjectStoreFixture = {
      opened: () => opened,
      store: () => opened.store,
      async newBucket() {
        buckets += 1;
        const bucket = `bucket-${buckets}`;
        await opened.store.createBucket({ name: bucket, ...owner });
        return bucket;
      },
    };
    describeBuckets(fixture);
    describeObjects(fixture);
    describeConditions(fixture);
    describeReading(fixture);
    describeListing(fixture);
    describeUploads(fixture);
  });
}

function describeBuckets({ opened, store, newBucket }: ObjectStoreFixture): void {
  describe("buckets", () => {
    it("are made once, and found by name and account", async () => {
      const name = await newBucket();
      expect(await store().createBucket({ name, account: "999999999999", region: "eu-west-1" })).toBeUndefined();
      expect(await store().getBucket(name)).toEqual({ name, ...owner, createdAt: opened().clock.now(), settings: {} });
      expect(await store().getBucket("absent")).toBeUndefined();
      expect((await store().listBuckets(owner.account)).map((bucket) => bucket.name)).toContain(name);
      expect(await store().listBuckets("999999999999")).toEqual([]);
    });

    it("keep settings as text, each by itself", async () => {
      const name = await newBucket();
      const policy = '{"Version":"2012-10-17","Statement":[]}';
      expect(await store().setBucketSetting(name, "policy", policy)).toBe(true);
      await Promise.all([
        store().setBucketSetting(name, "cors", "<x/>"),
        store().setBucketSetting(name, 'a "quoted".name', "y"),
      ]);
      expect((await store().getBucket(name))?.settings).toEqual({ policy, cors: "<x/>", 'a "quoted".name': "y" });
      await store().setBucketSetting(name, "cors", undefined);
      expect((await store().getBucket(name))?.settings).toEqual({ policy, 'a "quoted".name': "y" });
      expect(await store().setBucketSetting("absent", "policy", policy)).toBe(false);
    });

    it("are deleted when they are empty", async () => {
      const name = await newBucket();
      await store().put(name, "k", Buffer.from("x"));
      expect(await store().deleteBucket(name)).toBe("not-empty");
      await store().delete(name, "k");
      await store().createUpload(name, "unfinished", {});
      expect(await store().deleteBucket(name)).toBe("deleted");
      expect(await store().deleteBucket(name)).toBe("no-such-bucket");
    });
  });
}

function describeObjects({ opened, store, newBucket }: ObjectStoreFixture): void {
  describe.each([
    ["empty", 0],
    ["small", 100],
    ["large", largeSize],
  ])("%s objects", (_size, size) => {
    const body = randomBytes(size);
    const md5 = createHash("md5").update(body).digest("hex");

    it.each(["bytes", "stream"])("come back as they were put as %s", async (form) => {
      const bucket = await newBucket();
      const options: PutOptions = {
        systemMetadata: { "content-type": "text/csv" },
        userMetadata: { owner: "é" },
        tags: { team: "a b" },
        algorithms: ["SHA256"],
      };
      const result = await store().put(bucket, "k/ü", form === "bytes" ? body : inPieces(body), options);
      const info = {
        bucket,
        key: "k/ü",
        size,
        etag: md5,
        lastModified: opened().clock.now(),
        systemMetadata: { "content-type": "text/csv" },
        userMetadata: { owner: "é" },
        tags: { team: "a b" },
        checksums: [
          { algorithm: "SHA256", value: createHash("sha256").update(body).digest("base64"), type: "FULL_OBJECT" },
        ],
      };
      expect(result).toEqual({ outcome: "stored", object: info });
      expect(await store().head(bucket, "k/ü")).toEqual(info);
      const object = await store().open(bucket, "k/ü");
      expect(object?.info).toEqual(info);
      expect(sameBytes(await object?.bytes(), body)).toBe(true);
      await object?.close();
      expect(sameBytes(await contentOf(store(), bucket, "k/ü"), body)).toBe(true);
    });

    it("replace and are deleted, and release what they took", async () => {
      const bucket = await newBucket();
      const before = await opened().blobCount();
      await store().put(bucket, "k", body);
      await store().put(bucket, "k", randomBytes(size));
      await store().put(bucket, "k", body);
      expect(sameBytes(await contentOf(store(), bucket, "k"), body)).toBe(true);
      expect(await store().delete(bucket, "k")).toBe(true);
      expect(await store().delete(bucket, "k")).toBe(false);
      expect(await store().head(bucket, "k")).toBeUndefined();
      expect(await opened().blobCount()).toBe(before);
    });

    it("stay readable while they are open, also when they were replaced and deleted", async () => {
      const bucket = await newBucket();
      await store().put(bucket, "k", body);
      const object = await store().open(bucket, "k");
      await store().put(bucket, "k", Buffer.from("new"));
      await store().delete(bucket, "k");
      await opened().blobCount();
      expect(sameBytes(await readAll(object?.stream() ?? Readable.from([])), body)).toBe(true);
      await object?.close();
    });

    it("are refused without a trace when they fail verification or their body breaks off", async () => {
      const bucket = await newBucket();
      const before = await opened().blobCount();
      const refuse = store().put(bucket, "k", inPieces(body), {
        verify: (received) => {
          throw new Error(`refused ${received.size} ${received.md5}`);
        },
      });
      await expect(refuse).rejects.toThrow(`refused ${size} ${md5}`);
      const broken = new Readable({ read: () => undefined });
      broken.push(body.length === 0 ? Buffer.from("x") : body);
      setImmediate(() => broken.destroy());
      await expect(store().put(bucket, "k", broken)).rejects.toThrow("Premature close");
      expect(await store().head(bucket, "k")).toBeUndefined();
      expect(await opened().blobCount()).toBe(before);
    });
  });

  it("answers for buckets and objects that are missing", async () => {
    const bucket = await newBucket();
    expect(await store().put("absent", "k", Buffer.from("x"))).toEqual({ outcome: "no-such-bucket" });
    expect(await store().put("absent", "k", randomBytes(largeSize))).toEqual({ outcome: "no-such-bucket" });
    expect(await store().open(bucket, "absent")).toBeUndefined();
    expect(await store().setTags(bucket, "absent", {})).toBe(false);
  });

  it("computes every checksum algorithm as published, in pieces too", async () => {
    const bucket = await newBucket();
    const digits = Buffer.from("123456789");
    const result = await store().put(bucket, "k", Readable.from([digits.subarray(0, 2), digits.subarray(2)]), {
      algorithms: ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"],
    });
    const hex = Object.fromEntries(
      (result.outcome === "stored" ? result.object.checksums : []).map((checksum) => [
        checksum.algorithm,
        Buffer.from(checksum.value, "base64").toString("hex"),
      ]),
    );
    expect(hex).toMatchObject({
      CRC32: "cbf43926",
      CRC32C: "e3069283",
      CRC64NVME: "ae8b14860a799888",
      SHA1: createHash("sha1").update(digits).digest("hex"),
    });
  });

  it("changes tags and nothing else", async () => {
    const bucket = await newBucket();
    await store().put(bucket, "k", Buffer.from("x"), { userMetadata: { a: "1" }, tags: { old: "1" } });
    const before = await store().head(bucket, "k");
    expect(await store().setTags(bucket, "k", { "new key": "2" })).toBe(true);
    expect(await store().head(bucket, "k")).toEqual({ ...before, tags: { "new key": "2" } });
  });

  it("deletes many keys, there or not", async () => {
    const bucket = await newBucket();
    await Promise.all(["a", "b", "c"].map((key) => store().put(bucket, key, Buffer.from(key))));
    await store().deleteMany(bucket, ["a", "absent", "c"]);
    const left = await store().list(bucket, { prefix: "", delimiter: "", after: "", limit: 10 });
    expect(left.objects.map((object) => object.key)).toEqual(["b"]);
  });

  it("takes keys as data, never as paths", async () => {
    const bucket = await newBucket();
    const keys = [
      "../../etc/passwd",
      "/",
      "a//b",
      ".",
      "nul\u0000byte",
      "nul\u0000",
      "nul\u0001",
      "nul\u0001\u0001",
      "nul\u0002",
      "\u{1f600}",
      "x".repeat(1024),
    ];
    for (const key of keys) {
      await store().put(bucket, key, randomBytes(100));
      expect((await store().head(bucket, key))?.key).toBe(key);
    }
    const listed = await store().list(bucket, { prefix: "", delimiter: "", after: "", limit: 100 });
    expect(listed.objects.map((object) => object.key)).toEqual(
      keys.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right))),
    );
  });
}

function describeConditions({ store, newBucket }: ObjectStoreFixture): void {
  describe.each([
    ["small", 100],
    ["large", largeSize],
  ])("conditions on %s objects", (_size, size) => {
    it("let exactly one of many concurrent puts make an object", async () => {
      const bucket = await newBucket();
      const bodies = Array.from({ length: 10 }, () => randomBytes(size));
      const results = await Promise.all(
        bodies.map((body) => store().put(bucket, "k", inPieces(body), { condition: { type: "absent" } })),
      );
      const winners = bodies.filter((_body, index) => results[index]?.outcome === "stored");
      expect(winners).toHaveLength(1);
      expect(results.filter((result) => result.outcome === "condition-failed")).toHaveLength(9);
      expect(sameBytes(await contentOf(store(), bucket, "k"), winners[0])).toBe(true);
    });

    it("replace only the object whose etag is named", async () => {
      const bucket = await newBucket();
      const [first, second, third] = [randomBytes(size), randomBytes(size), randomBytes(size)];
      const etagOf = (body: Buffer): string => createHash("md5").update(body).digest("hex");
      const putOver = async (etag: string, body: Buffer): Promise<string> =>
        (await store().put(bucket, "k", body, { condition: { type: "etag-is", etag } })).outcome;
      expect(await putOver(etagOf(first), second)).toBe("condition-failed");
      await store().put(bucket, "k", first);
      expect(await putOver(etagOf(first), second)).toBe("stored");
      expect(await putOver(etagOf(first), third)).toBe("condition-failed");
      expect(sameBytes(await contentOf(store(), bucket, "k"), second)).toBe(true);
    });
  });
}

function describeReading({ store, newBucket }: ObjectStoreFixture): void {
  describe("ranges", () => {
    it.each([100, largeSize])("of %i bytes give just their bytes", async (size) => {
      const bucket = await newBucket();
      const body = randomBytes(size);
      await store().put(bucket, "k", body);
      const block = Math.min(2 ** 20, size);
      const ranges = [
        { start: 0, end: 0 },
        { start: 0, end: size - 1 },
        { start: size - 1, end: size - 1 },
        { start: block - 1, end: Math.min(block, size - 1) },
        { start: Math.floor(size / 3), end: Math.floor(size / 2) },
      ];
      for (const range of ranges) {
        const object = await store().open(bucket, "k");
        const expected = body.subarray(range.start, range.end + 1);
        expect(sameBytes(await object?.bytes(range), expected)).toBe(true);
        expect(sameBytes(await readAll(object?.stream(range) ?? Readable.from([])), expected)).toBe(true);
        await object?.close();
      }
    });
  });
}
