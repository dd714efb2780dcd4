import { expect, it } from "vitest";
import { BucketCache } from "./bucket-cache.ts";
import type { Bucket } from "./object-store.ts";

function bucket(settings: Bucket["settings"]): Bucket {
  return { name: "b", account: "1", region: "r", createdAt: new Date(0), settings };
}

it("reads a bucket once until something is written", async () => {
  const cache = new BucketCache();
  let reads = 0;
  const read = async (): Promise<Bucket> => bucket({ reads: String(++reads) });
  expect([await cache.get("b", read), await cache.get("b", read)]).toEqual([
    bucket({ reads: "1" }),
    bucket({ reads: "1" }),
  ]);
  await cache.during(Promise.resolve());
  expect(await cache.get("b", read)).toEqual(bucket({ reads: "2" }));
});

it("remembers no bucket that is not there, and none that was read while a write ended", async () => {
  const cache = new BucketCache();
  expect(await cache.get("b", async () => undefined)).toBeUndefined();
  const old = cache.get("b", async () => {
    await cache.during(Promise.reject(new Error("the disk is full"))).catch(() => undefined);
    return bucket({ age: "old" });
  });
  expect(await old).toEqual(bucket({ age: "old" }));
  expect(await cache.get("b", async () => bucket({ age: "new" }))).toEqual(bucket({ age: "new" }));
});
