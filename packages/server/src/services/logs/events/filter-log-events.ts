import { InvalidCursorError } from "../../../platform/cursor.ts";
import type { LogStore, StoredLogEvent } from "../../../platform/logs/log-store.ts";
import type { Scope } from "../../../platform/scope.ts";
import type { InputOf, Operation } from "../../operation.ts";
import { streamArn } from "../arns.ts";
import type { LogsApi, LogsDeps } from "../deps.ts";
import { invalidParameter, invalidToken, noSuchGroup } from "../errors.ts";
import { groupNameOf } from "../group-name.ts";
import { missingStream } from "../streams/missing.ts";
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

function queryOf(input: Input): Omit<GroupQuery, "limit" | "after"> {
  return {
    ...(input.logStreamNames === undefined ? {} : { streams: input.logStreamNames }),
    ...(input.logStreamNamePrefix === undefined ? {} : { streamPrefix: input.logStreamNamePrefix }),
    ...(input.startTime === undefined ? {} : { startTime: input.startTime }),
    // Here AWS includes events at the end time; in GetLogEvents it does not.
    ...(input.endTime === undefined ? {} : { endTime: input.endTime + 1 }),
  };
}

type Read = (limit: number, after: string | undefined) => ReturnType<LogStore["readGroup"]>;

/** What the page still has room for. */
interface Room {
  readonly events: number;
  readonly bytes: number;
}

/** The index of the first event that there is no room for, or -1. One event has room in an empty page, whatever its size. */
function firstWithoutRoom(events: readonly StoredLogEvent[], wanted: MessageFilter, room: Room): number {
  let { events: left, bytes } = room;
  return events.findIndex((event) => {
    if (!wanted(event.message)) {
      return false;
    }
    const isFirst = bytes === pageBytes;
    left -= 1;
    bytes -= eventBytes(event);
    return left < 0 || (bytes < 0 && !isFirst);
  });
}

/** The next events behind `after`. A token can stand only where a reading ended, so one that took too much is repeated, shorter. */
async function readFitting(
  read: Read,
  after: string | undefined,
  wanted: MessageFilter,
  room: Room,
): Promise<Found & { readonly full: boolean }> {
  const page = await read(readAtOnce, after);
  const end = page === undefined ? -1 : firstWithoutRoom(page.events, wanted, room);
  const fitting = end > 0 ? await read(end, after) : page;
  if (fitting === undefined) {
    throw noSuchGroup();
  }
  return end === 0
    ? { events: [], next: after, full: true }
    : { events: fitting.events, next: fitting.next, full: end > 0 };
}

/** Reads on until `limit` events were found, the page is full, the scan limit is reached, or there are no more. */
async function search(read: Read, wanted: MessageFilter, limit: number, from: string | undefined): Promise<Found> {
  const found: StoredLogEvent[] = [];
  let after = from;
  let bytes = pageBytes;
  for (let scanned = 0; scanned < scanLimit && found.length < limit;) {
    const page = await readFitting(read, after, wanted, { events: limit - found.length, bytes });
    const matching = page.events.filter(({ message }) => wanted(message));
    found.push(...matching);
    bytes -= matching.reduce((sum, event) => sum + eventBytes(event), 0);
    scanned += page.events.length;
    after = page.next;
    if (page.full || after === undefined) {
      break;
    }
  }
  return { events: found, next: after };
}

function readerOf(input: Input, group: string, scope: Scope, { logs }: LogsDeps): Read {
  const query = queryOf(input);
  return async (limit, after) => {
    try {
      return await logs.readGroup(scope, group, { ...query, limit, ...(after === undefined ? {} : { after }) });
    } catch (error) {
      throw error instanceof InvalidCursorError ? invalidToken() : error;
    }
  };
}

async function checkStreams(deps: LogsDeps, scope: Scope, group: string, streams: readonly string[]): Promise<void> {
  for (const stream of streams) {
    if ((await deps.logs.read(scope, group, stream, { limit: 1, backwards: false })) === undefined) {
      throw await missingStream(deps, scope, group);
    }
  }
}

/** Events of several streams of a group, oldest first, whose messages match a pattern. */
export const filterLogEvents: Operation<LogsApi, "FilterLogEvents", LogsDeps> = {
  name: "FilterLogEvents",

  permissions(input, { scope }) {
    return [{ action: "logs:FilterLogEvents", resource: streamArn(scope, groupNameOf(input, scope)) }];
  },

  async run(input, { scope }, deps) {
    if (input.logStreamNames !== undefined && input.logStreamNamePrefix !== undefined) {
      throw invalidParameter("logStreamNames and logStreamNamePrefix are mutually exclusive parameters.");
    }
    const wanted = readFilterPattern(input.filterPattern ?? "");
    const group = groupNameOf(input, scope);
    await checkStreams(deps, scope, group, input.logStreamNames ?? []);
    const { events, next } = await search(
      readerOf(input, group, scope, deps),
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
