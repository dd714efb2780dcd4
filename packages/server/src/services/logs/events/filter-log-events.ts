import type { LogGroup, LogStore, StoredLogEvent } from "../../../platform/logs/log-store.ts";
import type { Scope } from "../../../platform/scope.ts";
import type { InputOf, Operation } from "../../operation.ts";
import { streamArn } from "../arns.ts";
import type { LogsApi, LogsDeps } from "../deps.ts";
import { invalidParameter, noSuchGroup, noSuchStream } from "../errors.ts";
import { groupNameOf } from "../group-name.ts";
import { expiredBefore, laterOf } from "../retention.ts";
import { readFilterPattern, type MessageFilter } from "./filter-pattern.ts";
import { eventBytes, pageBytes } from "./page-bytes.ts";

type Input = InputOf<LogsApi, "FilterLogEvents">;
type GroupQuery = Parameters<LogStore["readGroup"]>[2];

const defaultLimit = 10_000;
const readAtOnce = 1000;
/** Events looked at in one call; then an answer with a token goes out, however few were found, as AWS does. */
const scanLimit = 20_000;

interface Found {
  readonly events: readonly StoredLogEvent[];
  readonly next: string | undefined;
}

function queryOf(input: Input, group: LogGroup, now: Date): Omit<GroupQuery, "limit" | "after"> {
  const startTime = laterOf(input.startTime, expiredBefore(group, now));
  return {
    ...(input.logStreamNames === undefined ? {} : { streams: input.logStreamNames }),
    ...(input.logStreamNamePrefix === undefined ? {} : { streamPrefix: input.logStreamNamePrefix }),
    ...(startTime === undefined ? {} : { startTime }),
    // Here AWS includes events at the end time; in GetLogEvents it does not.
    ...(input.endTime === undefined ? {} : { endTime: input.endTime + 1 }),
  };
}

type Read = (limit: number, after: string | undefined) => ReturnType<LogStore["readGroup"]>;

/**
 * The next events after `after`, fewer than `limit` where those that are wanted would not fit beside `taken` bytes. A token
 * can stand only where a reading ended, so a page that is too large is read again, shorter.
 */
async function readFitting(
  read: Read,
  { limit, after }: { readonly limit: number; readonly after: string | undefined },
  wanted: MessageFilter,
  taken: number,
): Promise<{ readonly events: readonly StoredLogEvent[]; readonly next: string | undefined; readonly full: boolean }> {
  const page = await read(limit, after);
  if (page === undefined) {
    throw noSuchGroup();
  }
  let bytes = taken;
  const fitting = page.events.findIndex((event) => {
    const size = wanted(event.message) ? eventBytes(event) : 0;
    bytes += size;
    return bytes > pageBytes && bytes > size;
  });
  if (fitting < 0) {
    return { events: page.events, next: page.next, full: false };
  }
  const shorter = fitting === 0 ? { events: [], next: after } : await read(fitting, after);
  return { events: shorter?.events ?? [], next: shorter?.next, full: true };
}

/** Reads on until `limit` events were found, the page is full, the scan limit is reached, or there are no more. */
async function search(read: Read, wanted: MessageFilter, limit: number, from: string | undefined): Promise<Found> {
  const found: StoredLogEvent[] = [];
  let after = from;
  let taken = 0;
  for (let scanned = 0; scanned < scanLimit && found.length < limit;) {
    // Never more than is still wanted, so that the end of a page is where the next call goes on.
    const next = { limit: Math.min(readAtOnce, limit - found.length), after };
    const page = await readFitting(read, next, wanted, taken);
    const matching = page.events.filter(({ message }) => wanted(message));
    found.push(...matching);
    taken += matching.reduce((sum, event) => sum + eventBytes(event), 0);
    scanned += page.events.length;
    after = page.next;
    if (page.full || after === undefined) {
      break;
    }
  }
  return { events: found, next: after };
}

async function checkStreams(
  { logs }: LogsDeps,
  scope: Scope,
  group: string,
  streams: readonly string[],
): Promise<void> {
  for (const stream of streams) {
    if ((await logs.read(scope, group, stream, { limit: 1, backwards: false })) === undefined) {
      throw noSuchStream();
    }
  }
}

/** Events of several streams of a group, oldest first, whose messages match a pattern. */
export const filterLogEvents: Operation<LogsApi, "FilterLogEvents", LogsDeps> = {
  name: "FilterLogEvents",

  permissions(input, { scope }) {
    return [{ action: "logs:FilterLogEvents", resource: streamArn(scope, groupNameOf(input, scope)) }];
  },

  async run(input, { scope, now }, deps) {
    const { logs } = deps;
    if (input.logStreamNames !== undefined && input.logStreamNamePrefix !== undefined) {
      throw invalidParameter("logStreamNames and logStreamNamePrefix are mutually exclusive parameters.");
    }
    const wanted = readFilterPattern(input.filterPattern ?? "");
    const name = groupNameOf(input, scope);
    const group = await logs.getGroup(scope, name);
    if (group === undefined) {
      throw noSuchGroup();
    }
    await checkStreams(deps, scope, name, input.logStreamNames ?? []);
    const query = queryOf(input, group, now);
    const { events, next } = await search(
      (limit, after) => logs.readGroup(scope, name, { ...query, limit, ...(after === undefined ? {} : { after }) }),
      wanted,
      input.limit ?? defaultLimit,
      input.nextToken,
    );
    return {
      events: events.map(({ streamName, timestamp, message, ingestionTime, eventId }) => ({
        logStreamName: streamName,
        timestamp,
        message,
        ingestionTime,
        eventId,
      })),
      searchedLogStreams: [],
      ...(next === undefined ? {} : { nextToken: next }),
    };
  },
};
