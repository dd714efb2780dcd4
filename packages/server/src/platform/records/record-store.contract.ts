import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Scope } from "../scope.ts";
import { InvalidCursorError } from "../cursor.ts";
import type { ListQuery, RecordFacts, RecordKey, RecordStore, RecordWrite } from "./record-store.ts";

export interface RecordStoreUnderTest {
  readonly store: RecordStore;
  close(): Promise<void>;
}

const scope: Scope = { account: "111122223333", region: "us-east-1" };
const epoch = new Date("2024-01-01T00:00:00Z").getTime();

function facts(minute: number, status = "InProgress"): RecordFacts {
  return { createdAt: new Date(epoch + minute * 60_000), modifiedAt: new Date(epoch + minute * 60_000), status };
}

/** Every implementation of `RecordStore` passes this. Each test uses a collection of its own. */
export function describeRecordStore(name: string, create: () => Promise<RecordStoreUnderTest>): void {
  describe(`RecordStore: ${name}`, () => {
    let opened: RecordStoreUnderTest;
    let store: RecordStore;
    let collections = 0;
    let collection: string;

    beforeAll(async () => {
      opened = await create();
      store = opened.store;
    });
    afterAll(() => opened.close());

    const newCollection = (): void => {
      collections += 1;
      collection = `test.collection-${collections}`;
    };
    const key = (id: string, where: Scope = scope): RecordKey => ({ collection, scope: where, id });
    const ids = async (query: Partial<ListQuery>): Promise<string[]> =>
      (await pages(query)).flatMap((page) => page.map((record) => record.id));

    /** All pages of a listing, following its cursors. */
    async function pages(query: Partial<ListQuery>): Promise<{ id: string }[][]> {
      const found: { id: string }[][] = [];
      let after: string | undefined;
      do {
        const page = await store.list(collection, scope, {
          orderBy: "createdAt",
          descending: false,
          limit: 100,
          ...query,
          ...(after === undefined ? {} : { after }),
        });
        found.push([...page.records]);
        after = page.cursor;
      } while (after !== undefined);
      return found;
    }

    describe("one record", () => {
      it("comes back as it was written, dates, bytes and odd keys included", async () => {
        newCollection();
        const body = {
          name: "a",
          when: new Date(1234567890123),
          bytes: Uint8Array.from([0, 1, 255]),
          nested: [{ at: new Date(0) }, null, "x", 1.5, { $date: 5, $$x: { $bytes: "AA==" } }],
          ["__proto__"]: "a key like any other",
        };
        expect(await store.create(key("a"), body, facts(1, "Completed"))).toBe(true);
        const record = await store.get(key("a"));
        expect(record).toMatchObject({ id: "a", ...facts(1, "Completed") });
        expect(record?.body).toStrictEqual(body);
      });

      it("round-trips any JSON body", async () => {
        newCollection();
        let count = 0;
        const bodies = fc.oneof(
          fc.jsonValue(),
          fc.dictionary(fc.constantFrom("$date", "$$date", "$", "a"), fc.jsonValue()),
        );
        await fc.assert(
          fc.asyncProperty(bodies, async (body) => {
            count += 1;
            await store.create(key(`r${count}`), body, facts(0));
            expect(JSON.stringify((await store.get(key(`r${count}`)))?.body)).toBe(JSON.stringify(body));
          }),
          { numRuns: 50 },
        );
      });

      it("cannot be created twice in its scope, and can in another", async () => {
        newCollection();
        expect(await store.create(key("a"), 1, facts(0))).toBe(true);
        expect(await store.create(key("a"), 2, facts(0))).toBe(false);
        const elsewhere = { ...scope, region: "eu-west-1" };
        expect(await store.get(key("a", elsewhere))).toBeUndefined();
        expect(await store.create(key("a", elsewhere), 3, facts(0))).toBe(true);
        expect((await store.get(key("a")))?.body).toBe(1);
      });

      it("is updated only from the version that the caller read", async () => {
        newCollection();
        await store.create(key("a"), { n: 0 }, facts(0));
        const before = await store.get(key("a"));
        const version = before?.version ?? Number.NaN;
        expect(await store.update(key("a"), version, { n: 1 }, facts(1, "Completed"))).toBe(true);
        expect(await store.update(key("a"), version, { n: 2 }, facts(2))).toBe(false);
        const after = await store.get(key("a"));
        expect(after).toMatchObject({ body: { n: 1 }, ...facts(1, "Completed") });
        expect(after?.version).not.toBe(version);
      });

      it("lets exactly one of many concurrent updates win", async () => {
        newCollection();
        await store.create(key("a"), { winner: -1 }, facts(0));
        const version = (await store.get(key("a")))?.version ?? Number.NaN;
        const outcomes = await Promise.all(
          Array.from({ length: 20 }, (_, index) => store.update(key("a"), version, { winner: index }, facts(0))),
        );
        expect(outcomes.filter(Boolean)).toHaveLength(1);
        expect((await store.get(key("a")))?.body).toEqual({ winner: outcomes.indexOf(true) });
      });

      it("is gone once deleted, and a record of the same name is another one", async () => {
        newCollection();
        await store.create(key("a"), 1, facts(0));
        const stale = (await store.get(key("a")))?.version ?? Number.NaN;
        expect(await store.delete(key("a"))).toBe(true);
        expect(await store.delete(key("a"))).toBe(false);
        expect(await store.get(key("a"))).toBeUndefined();
        await store.create(key("a"), 2, facts(0));
        expect(await store.update(key("a"), stale, 3, facts(0))).toBe(false);
        expect((await store.get(key("a")))?.body).toBe(2);
      });
    });

    describe("batch", () => {
      it("does all of its writes", async () => {
        newCollection();
        await store.create(key("a"), 1, facts(0));
        await store.create(key("b"), 1, facts(0));
        const version = (await store.get(key("a")))?.version ?? Number.NaN;
        const writes: RecordWrite[] = [
          { type: "update", key: key("a"), expectedVersion: version, body: 2, ...facts(1) },
          { type: "delete", key: key("b") },
          { type: "delete", key: key("never-there") },
          { type: "create", key: key("c"), body: 3, ...facts(2) },
        ];
        expect(await store.batch(writes)).toBe(true);
        expect(await ids({})).toEqual(["a", "c"]);
      });

      it("does none of its writes when one meets a conflict", async () => {
        newCollection();
        await store.create(key("taken"), 1, facts(0));
        const created: RecordWrite = { type: "create", key: key("new"), body: 1, ...facts(0) };
        const conflicts: RecordWrite[] = [
          { type: "create", key: key("taken"), body: 2, ...facts(0) },
          { type: "update", key: key("absent"), expectedVersion: 1, body: 2, ...facts(0) },
          { type: "delete", key: key("taken"), expectedVersion: 1 },
        ];
        for (const conflict of conflicts) {
          expect(await store.batch([created, conflict])).toBe(false);
        }
        expect(await ids({})).toEqual(["taken"]);
      });
    });

    describe("list", () => {
      const minutes = [5, 3, 9, 3, 1, 7, 3, 8];
      const statuses = ["Completed", "Failed", "InProgress"];

      async function fill(): Promise<{ id: string; minute: number; status: string }[]> {
        newCollection();
        const made = minutes.map((minute, index) => ({
          id: `Job-${index}-${index % 2 === 0 ? "even" : "ODD"}`,
          minute,
          status: statuses[index % 3] ?? "",
        }));
        await store.batch(
          made.map(({ id, minute, status }) => ({ type: "create", key: key(id), body: id, ...facts(minute, status) })),
        );
        return made;
      }

      it.each(["id", "createdAt", "modifiedAt", "status"] as const)(
        "orders by %s both ways, in pages",
        async (orderBy) => {
          const made = await fill();
          const sortKey = (record: (typeof made)[number]): string => {
            const time = String(record.minute).padStart(3, "0");
            return (
              { id: "", createdAt: time, modifiedAt: time, status: `${record.status} ${time}` }[orderBy] + record.id
            );
          };
          const expected = made
            .map((record) => ({ id: record.id, sortKey: sortKey(record) }))
            .sort((left, right) => (left.sortKey < right.sortKey ? -1 : 1))
            .map((record) => record.id);
          expect(await ids({ orderBy, limit: 3 })).toEqual(expected);
          expect(await ids({ orderBy, limit: 3, descending: true })).toEqual(expected.toReversed());
          expect((await pages({ orderBy, limit: 3 })).map((page) => page.length)).toEqual([3, 3, 2]);
          expect((await pages({ orderBy, limit: 8 })).map((page) => page.length)).toEqual([8]);
        },
      );

      it.each(["id", "createdAt", "modifiedAt", "status"] as const)(
        "applies every filter when ordering by %s",
        async (orderBy) => {
          const made = await fill();
          const at = (minute: number): Date => new Date(epoch + minute * 60_000);
          const expectFiltered = async (
            query: Partial<ListQuery>,
            keep: (record: (typeof made)[number]) => boolean,
          ) => {
            const expected = made.filter(keep).map((record) => record.id);
            expect((await ids({ orderBy, limit: 2, ...query })).sort()).toEqual(expected.sort());
          };
          await expectFiltered({ status: "Failed" }, (record) => record.status === "Failed");
          await expectFiltered(
            { createdAfter: at(3), createdBefore: at(8) },
            ({ minute }) => minute >= 3 && minute <= 8,
          );
          await expectFiltered({ modifiedAfter: at(7) }, ({ minute }) => minute >= 7);
          await expectFiltered({ modifiedBefore: at(3) }, ({ minute }) => minute <= 3);
          await expectFiltered({ idContains: "-EVEN" }, (record) => record.id.endsWith("even"));
          await expectFiltered({ idPrefix: "Job-3" }, (record) => record.id.startsWith("Job-3"));
          await expectFiltered(
            { status: "Completed", createdAfter: at(4), idContains: "odd" },
            (record) => record.status === "Completed" && record.minute >= 4 && record.id.includes("ODD"),
          );
        },
      );

      it("refuses cursors that are not its own", async () => {
        await fill();
        const query: ListQuery = { orderBy: "createdAt", descending: false, limit: 2 };
        const { cursor = "" } = await store.list(collection, scope, query);
        const wrong = ["", "x", `${cursor}x`, cursor.slice(1), Buffer.from('["a"]').toString("base64url")];
        for (const after of wrong) {
          await expect(store.list(collection, scope, { ...query, after })).rejects.toThrow(InvalidCursorError);
        }
        const other: ListQuery = { ...query, orderBy: "id", after: cursor };
        await expect(store.list(collection, scope, other)).rejects.toThrow(InvalidCursorError);
      });

      it("shows each record exactly once while others come and go", async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.uniqueArray(fc.nat(500), { minLength: 1, maxLength: 30 }),
            fc.array(fc.nat(500), { maxLength: 20 }),
            fc.integer({ min: 1, max: 7 }),
            fc.boolean(),
            async (lasting, passing, limit, descending) => {
              newCollection();
              await store.batch(
                lasting.map((minute) => ({ type: "create", key: key(`lasting-${minute}`), body: 0, ...facts(minute) })),
              );
              const seen: string[] = [];
              let after: string | undefined;
              do {
                const page = await store.list(collection, scope, {
                  orderBy: "createdAt",
                  descending,
                  limit,
                  ...(after === undefined ? {} : { after }),
                });
                seen.push(...page.records.map((record) => record.id).filter((id) => id.startsWith("lasting")));
                after = page.cursor;
                const minute = passing.pop();
                if (minute !== undefined) {
                  await store.create(key(`passing-${minute}`), 0, facts(minute));
                  await store.delete(key(`passing-${passing[0] ?? 0}`));
                }
              } while (after !== undefined);
              const expected = lasting
                .toSorted((a, b) => (descending ? b - a : a - b))
                .map((minute) => `lasting-${minute}`);
              expect(seen).toEqual(expected);
            },
          ),
          { numRuns: 20 },
        );
      });
    });

    describe("scan", () => {
      it("reads all scopes by creation, more than a page of them, and only the statuses asked for", async () => {
        newCollection();
        const scopes: Scope[] = [scope, { account: "444455556666", region: "us-east-1" }];
        const writes: RecordWrite[] = Array.from({ length: 450 }, (_, index) => ({
          type: "create",
          key: key(`r${index}`, scopes[index % 2] ?? scope),
          body: { index },
          ...facts(index, index % 10 === 0 ? "Stopping" : "Completed"),
        }));
        await store.batch(writes);

        const all: { id: string; account: string }[] = [];
        for await (const record of store.scan<{ index: number }>(collection)) {
          all.push({ id: record.id, account: record.key.scope.account });
        }
        expect(all.map((record) => record.id)).toEqual(Array.from({ length: 450 }, (_, index) => `r${index}`));
        expect(all[1]?.account).toBe("444455556666");

        const stopping: string[] = [];
        for await (const record of store.scan(collection, ["Stopping", "InProgress"])) {
          stopping.push(record.id);
        }
        expect(stopping).toEqual(Array.from({ length: 45 }, (_, index) => `r${index * 10}`));
      });
    });
  });
}
