import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ObjectStoreFixture } from "./testing/object-store-fixture.ts";
import type { ObjectListQuery, ObjectStore } from "./object-store.ts";

interface ListedPages {
  readonly keys: string[];
  readonly commonPrefixes: string[];
  readonly pageSizes: number[];
}

async function listAll(store: ObjectStore, bucket: string, query: Partial<ObjectListQuery>): Promise<ListedPages> {
  const listed: ListedPages = { keys: [], commonPrefixes: [], pageSizes: [] };
  let after: string | undefined = query.after ?? "";
  while (after !== undefined) {
    const page = await store.list(bucket, { prefix: "", delimiter: "", limit: 1000, ...query, after });
    listed.keys.push(...page.objects.map((object) => object.key));
    listed.commonPrefixes.push(...page.commonPrefixes);
    listed.pageSizes.push(page.objects.length + page.commonPrefixes.length);
    after = page.next;
  }
  return listed;
}

function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** What S3 shows of keys, by its definition and without any cleverness. */
function expectedListing(
  keys: readonly string[],
  query: { prefix: string; delimiter: string; after: string },
): Omit<ListedPages, "pageSizes"> {
  const shown: string[] = [];
  const commonPrefixes = new Set<string>();
  for (const key of keys.toSorted(byBytes).filter((each) => each.startsWith(query.prefix))) {
    const found = query.delimiter === "" ? -1 : key.indexOf(query.delimiter, query.prefix.length);
    const commonPrefix = key.slice(0, found + query.delimiter.length);
    if (byBytes(key, query.after) <= 0 || (found !== -1 && commonPrefix === query.after)) {
      continue;
    }
    if (found === -1) {
      shown.push(key);
    } else {
      commonPrefixes.add(commonPrefix);
    }
  }
  return { keys: shown, commonPrefixes: [...commonPrefixes] };
}

export function describeListing({ store, newBucket }: ObjectStoreFixture): void {
  const fill = async (bucket: string, keys: readonly string[]): Promise<void> => {
    await Promise.all(keys.map((key) => store().put(bucket, key, Buffer.from("x"))));
  };

  describe("list", () => {
    it("pages through keys and common prefixes together", async () => {
      const bucket = await newBucket();
      const keys = ["a/1", "a/2", "b", "c/1", "c/d/1", "e", "f/1"];
      await fill(bucket, keys);
      expect(await listAll(store(), bucket, { delimiter: "/", limit: 2 })).toEqual({
        keys: ["b", "e"],
        commonPrefixes: ["a/", "c/", "f/"],
        pageSizes: [2, 2, 1],
      });
      expect(await listAll(store(), bucket, { limit: 3 })).toEqual({ keys, commonPrefixes: [], pageSizes: [3, 3, 1] });
      expect(await listAll(store(), bucket, { prefix: "c/", delimiter: "/", limit: 7 })).toEqual({
        keys: ["c/1"],
        commonPrefixes: ["c/d/"],
        pageSizes: [2],
      });
    });

    it("shows nothing of a missing bucket, for a limit of 0, and behind the last key", async () => {
      const bucket = await newBucket();
      await fill(bucket, ["a", "b"]);
      const none = { objects: [], commonPrefixes: [] };
      expect(await store().list("absent", { prefix: "", delimiter: "", after: "", limit: 10 })).toEqual(none);
      expect(await store().list(bucket, { prefix: "", delimiter: "", after: "", limit: 0 })).toEqual(none);
      expect(await store().list(bucket, { prefix: "", delimiter: "", after: "b", limit: 10 })).toEqual(none);
    });

    it("gives a common prefix once, however many keys it has, and does not mix up what sorts near it", async () => {
      const bucket = await newBucket();
      const many = Array.from({ length: 300 }, (_, index) => `p/${index}`);
      await fill(bucket, [...many, "p", "p-", "p.", "p0", "q/1"]);
      const listed = await listAll(store(), bucket, { delimiter: "/", limit: 2 });
      expect(listed.keys).toEqual(["p", "p-", "p.", "p0"]);
      expect(listed.commonPrefixes).toEqual(["p/", "q/"]);
    });

    it("agrees with the definition for any keys, prefix, delimiter and page size", async () => {
      const piece = fc.constantFrom(
        "a",
        "b",
        "/",
        "//",
        "\u0000",
        "\u0001",
        "\u0002",
        "\u{10ffff}",
        "\u{d7ff}",
        "\u{e000}",
        "\u{ffff}",
        "\u{1f600}",
      );
      const text = (maxLength: number): fc.Arbitrary<string> =>
        fc.array(piece, { maxLength }).map((some) => some.join(""));
      const keys = fc.uniqueArray(
        text(6).filter((key) => key !== ""),
        { minLength: 1, maxLength: 25 },
      );
      const query = fc.record({
        prefix: text(2),
        delimiter: fc.oneof(fc.constant(""), fc.constant("/"), text(2)),
        limit: fc.integer({ min: 1, max: 9 }),
        after: text(3),
      });
      await fc.assert(
        fc.asyncProperty(keys, query, async (some, asked) => {
          const bucket = await newBucket();
          await fill(bucket, some);
          const { pageSizes, ...listed } = await listAll(store(), bucket, asked);
          expect(listed).toEqual(expectedListing(some, asked));
          expect(pageSizes.slice(0, -1).every((size) => size === asked.limit)).toBe(true);
        }),
        { numRuns: 60 },
      );
    });
  });
}
