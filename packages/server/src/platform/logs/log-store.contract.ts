import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ManualClock } from "../clock/manual-clock.ts";
import { InvalidCursorError } from "../cursor.ts";
import type { Scope } from "../scope.ts";
import type { LogEvent, LogReadQuery, LogStore } from "./log-store.ts";

export interface LogStoreUnderTest {
  readonly store: LogStore;
  readonly clock: ManualClock;
  close(): Promise<void>;
}

const scope: Scope = { account: "111122223333", region: "us-east-1" };
const hour = 3_600_000;
const day = 24 * hour;

/** Every implementation of `LogStore` passes this. Each test uses a group of its own. */
export function describeLogStore(name: string, create: () => Promise<LogStoreUnderTest>): void {
  describe(`LogStore: ${name}`, () => {
    let opened: LogStoreUnderTest;
    let store: LogStore;
    let now: number;
    let groups = 0;
    let group: string;

    beforeAll(async () => {
      opened = await create();
      store = opened.store;
    });
    afterAll(() => opened.close());
    beforeEach(async () => {
      groups += 1;
      group = `/test/group-${groups}`;
      now = opened.clock.now().getTime();
      await store.createGroup(scope, group);
    });

    const event = (timestamp: number, message = `at ${timestamp}`): LogEvent => ({ timestamp, message });
    const readAll = async (stream: string, query: Partial<LogReadQuery> = {}): Promise<string[] | undefined> =>
      (await store.read(scope, group, stream, { limit: 10_000, backwards: false, ...query }))?.map(
        (each) => each.message,
      );

    describe("groups", () => {
      it("are made once in their scope, keep tags and retention, and go with their streams", async () => {
        expect(await store.createGroup(scope, group)).toBe(false);
        const elsewhere = { ...scope, region: "eu-west-1" };
        expect(await store.getGroup(elsewhere, group)).toBeUndefined();
        expect(await store.createGroup(elsewhere, group, { tags: { a: "1" } })).toBe(true);
        expect((await store.getGroup(elsewhere, group))?.tags).toEqual({ a: "1" });
        expect(await store.setTags(elsewhere, group, { b: "2" })).toBe(true);
        expect(await store.setRetention(elsewhere, group, 3)).toBe(true);
        expect(await store.getGroup(elsewhere, group)).toEqual({
          name: group,
          createdAt: new Date(now),
          retentionInDays: 3,
          storedBytes: 0,
          tags: { b: "2" },
        });
        await store.setRetention(elsewhere, group, undefined);
        expect(await store.getGroup(elsewhere, group)).not.toHaveProperty("retentionInDays");
        await store.createStream(elsewhere, group, "s");
        expect(await store.deleteGroup(elsewhere, group)).toBe(true);
        expect(await store.deleteGroup(elsewhere, group)).toBe(false);
        expect(
          await store.listStreams(elsewhere, group, { orderBy: "name", descending: false, limit: 5 }),
        ).toBeUndefined();
        expect(await store.setTags(elsewhere, group, {})).toBe(false);
      });

      it("are listed by name, by prefix and by what they contain, in pages", async () => {
        const own: Scope = { ...scope, account: `${groups}`.padStart(12, "9") };
        for (const each of ["/b/2", "/a/1", "/b/1", "/B/3"]) {
          await store.createGroup(own, each);
        }
        const list = async (query: object): Promise<string[]> =>
          (await store.listGroups(own, { limit: 10, ...query })).map((each) => each.name);
        expect(await list({})).toEqual(["/B/3", "/a/1", "/b/1", "/b/2"]);
        expect(await list({ limit: 2, after: "/B/3" })).toEqual(["/a/1", "/b/1"]);
        expect(await list({ prefix: "/b" })).toEqual(["/b/1", "/b/2"]);
        expect(await list({ prefix: "/b", after: "/b/1" })).toEqual(["/b/2"]);
        expect(await list({ contains: "/1" })).toEqual(["/a/1", "/b/1"]);
      });

      it("count what is stored: messages and 26 bytes for each", async () => {
        await store.createStream(scope, group, "s");
        await store.append(scope, group, "s", [event(now, "é"), event(now, "abc")]);
        expect((await store.getGroup(scope, group))?.storedBytes).toBe(2 + 3 + 2 * 26);
        await store.deleteStream(scope, group, "s");
        expect((await store.getGroup(scope, group))?.storedBytes).toBe(0);
      });
    });

    describe("streams", () => {
      it("are made once in a group that there is", async () => {
        expect(await store.createStream(scope, group, "s")).toBe("created");
        expect(await store.createStream(scope, group, "s")).toBe("exists");
        expect(await store.createStream(scope, "absent", "s")).toBe("no-such-group");
        expect(await store.append(scope, group, "absent", [event(now)])).toBe(false);
        expect(await store.append(scope, "absent", "s", [event(now)])).toBe(false);
        expect(await readAll("absent")).toBeUndefined();
        expect(await store.deleteStream(scope, group, "s")).toBe(true);
        expect(await store.deleteStream(scope, group, "s")).toBe(false);
      });

      it("are listed by name or by the time of their last event, both ways, in pages", async () => {
        for (const [index, stream] of ["b", "d", "a", "c"].entries()) {
          await store.createStream(scope, group, stream);
          await store.append(scope, group, stream, stream === "c" ? [] : [event(now + index)]);
        }
        const list = async (query: object): Promise<string[] | undefined> =>
          (await store.listStreams(scope, group, { orderBy: "name", descending: false, limit: 10, ...query }))?.map(
            (stream) => stream.name,
          );
        expect(await list({})).toEqual(["a", "b", "c", "d"]);
        expect(await list({ descending: true, limit: 2, after: "d" })).toEqual(["c", "b"]);
        expect(await list({ prefix: "b" })).toEqual(["b"]);
        const byTime = ["c", "b", "d", "a"];
        expect(await list({ orderBy: "lastEventTime" })).toEqual(byTime);
        expect(await list({ orderBy: "lastEventTime", descending: true })).toEqual(byTime.toReversed());
        expect(await list({ orderBy: "lastEventTime", after: "b", limit: 1 })).toEqual(["d"]);
        expect(await list({ orderBy: "lastEventTime", descending: true, after: "d" })).toEqual(["b", "c"]);
      });

      it("tell of their first and last event", async () => {
        await store.createStream(scope, group, "s");
        await store.append(scope, group, "s", [event(now - 5), event(now - 9)]);
        await store.append(scope, group, "s", [event(now - 7)]);
        const [stream] =
          (await store.listStreams(scope, group, { orderBy: "name", descending: false, limit: 1 })) ?? [];
        expect(stream).toEqual({
          name: "s",
          createdAt: new Date(now),
          firstEventAt: now - 9,
          lastEventAt: now - 5,
          lastIngestionAt: now,
        });
      });
    });

    describe("events", () => {
      let runs = 0;
      it("are read by time and then by arrival, whenever they arrive, each at a position of its own", async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.array(fc.array(fc.nat(3), { maxLength: 6 }), { maxLength: 5 }),
            fc.integer({ min: 1, max: 4 }),
            async (batches, limit) => {
              const stream = `s${(runs += 1)}`;
              await store.createStream(scope, group, stream);
              const arrived = batches.map((batch, index) =>
                batch.map((time, place) => event(now + time, `${index}.${place}`)),
              );
              for (const batch of arrived) {
                await store.append(scope, group, stream, batch);
              }
              const expected = arrived
                .flat()
                .toSorted((left, right) => left.timestamp - right.timestamp)
                .map((each) => each.message);
              const forwards = await readInPages(stream, { limit, backwards: false });
              expect(forwards.map((each) => each.message)).toEqual(expected);
              expect(new Set(forwards.map((each) => each.position)).size).toBe(expected.length);
              const backwards = await readInPages(stream, { limit, backwards: true });
              expect(backwards.map((each) => each.message)).toEqual(expected.toReversed());
            },
          ),
          { numRuns: 30 },
        );
      });

      async function readInPages(stream: string, query: Pick<LogReadQuery, "limit" | "backwards">) {
        const read: { message: string; position: number }[] = [];
        for (let after: number | undefined; ; after = read.at(-1)?.position) {
          const page = await store.read(scope, group, stream, { ...query, ...(after === undefined ? {} : { after }) });
          if (page === undefined || page.length === 0) {
            return read;
          }
          read.push(...page);
        }
      }

      it("keep their order when more come in a millisecond than it has room for, and late ones go before them", async () => {
        await store.createStream(scope, group, "s");
        const many = Array.from({ length: 2500 }, (_, index) => event(now, String(index)));
        await store.append(scope, group, "s", many);
        await store.append(scope, group, "s", [
          event(now + 1, "next"),
          event(now, "last of its time"),
          event(now - 1, "late"),
        ]);
        const messages = (await readAll("s")) ?? [];
        expect(messages.slice(0, 2501)).toEqual(["late", ...many.map((each) => each.message)]);
        expect(messages.slice(2501).toSorted()).toEqual(["last of its time", "next"]);
        expect(await readAll("s", { startTime: now + 1 })).toEqual(["next"]);
        expect(await readAll("s", { startTime: now, endTime: now + 1 })).toHaveLength(2501);
      });

      it("all arrive when many append at once", async () => {
        await store.createStream(scope, group, "s");
        const appends = Array.from({ length: 20 }, (_, index) =>
          store.append(scope, group, "s", [event(now, `${index}.0`), event(now, `${index}.1`)]),
        );
        expect(await Promise.all(appends)).toEqual(appends.map(() => true));
        const expected = appends.flatMap((_, index) => [`${index}.0`, `${index}.1`]);
        expect(await readAll("s")).toEqual(expected);
      });

      it("are read within bounds of time: from inclusive, to exclusive", async () => {
        await store.createStream(scope, group, "s");
        await store.append(
          scope,
          group,
          "s",
          [1, 2, 3, 4].map((time) => event(now + time, String(time))),
        );
        expect(await readAll("s", { startTime: now + 2, endTime: now + 4 })).toEqual(["2", "3"]);
        expect(await readAll("s", { endTime: now + 3, backwards: true, limit: 1 })).toEqual(["2"]);
      });

      it("come back as they were, but for NUL", async () => {
        await store.createStream(scope, group, "s");
        await store.append(scope, group, "s", [event(now, "tab\té \u{1f600} \r"), event(now, "a\u0000b")]);
        expect(await readAll("s")).toEqual(["tab\té \u{1f600} \r", "a#000b"]);
      });

      it("are not shown when the group's retention has passed", async () => {
        await store.createStream(scope, group, "s");
        await store.append(scope, group, "s", [event(now - day - 1, "old"), event(now - hour, "new")]);
        await store.setRetention(scope, group, 1);
        expect(await readAll("s")).toEqual(["new"]);
        expect((await store.readGroup(scope, group, { limit: 10 }))?.events.map((each) => each.message)).toEqual([
          "new",
        ]);
      });
    });

    describe("readGroup", () => {
      // 20 streams are merged, more are picked from the group's events: both ways must give the same.
      it.each([3, 25])("merges %i streams by time, in pages", async (count) => {
        const streams = Array.from({ length: count }, (_, index) => `s${index}`);
        const expected: { message: string; timestamp: number }[] = [];
        for (const [index, stream] of streams.entries()) {
          await store.createStream(scope, group, stream);
          const events = Array.from({ length: 5 }, (_, step) =>
            event(now + step * 10 + (index % 3), `${stream} ${step}`),
          );
          await store.append(scope, group, stream, events);
          expected.push(...events);
        }
        const inOrder = expected
          .toSorted((left, right) => left.timestamp - right.timestamp)
          .map((each) => each.message);
        expect(await readPages({ streams })).toEqual(inOrder);
        expect(await readPages({})).toEqual(inOrder);
        expect(await readPages({ streamPrefix: "s2" })).toEqual(inOrder.filter((message) => message.startsWith("s2")));
        expect(await readPages({ streams, startTime: now + 10, endTime: now + 21 })).toEqual(
          inOrder.filter((message) => / 1$| 2$/.test(message)).filter((message) => !isLater(message)),
        );
      });

      /** Step 2 of streams 1, 4, 7 … is at +21 and of 2, 5 … at +22. */
      function isLater(message: string): boolean {
        const [stream = "", step] = message.split(" ");
        return step === "2" && Number(stream.slice(1)) % 3 !== 0;
      }

      async function readPages(query: object): Promise<string[]> {
        const messages: string[] = [];
        let after: string | undefined;
        do {
          const page = await store.readGroup(scope, group, {
            ...query,
            limit: 4,
            ...(after === undefined ? {} : { after }),
          });
          messages.push(...(page?.events.map((each) => each.message) ?? []));
          after = page?.next;
        } while (after !== undefined);
        return messages;
      }

      it("answers for missing groups and refuses cursors that are not its own", async () => {
        expect(await store.readGroup(scope, "absent", { limit: 1 })).toBeUndefined();
        await expect(store.readGroup(scope, group, { limit: 1, after: "made up" })).rejects.toThrow(InvalidCursorError);
      });
    });
  });
}
