import type { LogEvent } from "./log-store.ts";

/**
 * Positions order a stream's events by time and then by arrival: an event's is its timestamp times `positionsPerMillisecond`, or
 * what follows the last one of its time. Where a millisecond has more events, they go on into the next, which only makes their
 * neighbours there come a little later than their time.
 */
const positionsPerMillisecond = 1000;

/** The smallest position that an event of this time can have. */
export function firstPositionAt(timestamp: number): number {
  return timestamp * positionsPerMillisecond;
}

export interface PositionedEvent extends LogEvent {
  readonly position: number;
}

/** Gives the stream's largest position below a bound; undefined when there is none. */
export type FindLastBelow = (bound: number) => Promise<number | undefined>;

/** Positions for events that come behind (or, when they are late, among) what the stream has. Nothing else may append meanwhile. */
export async function positionEvents(
  events: readonly LogEvent[],
  findLastBelow: FindLastBelow,
): Promise<readonly PositionedEvent[]> {
  const positioned: PositionedEvent[] = [];
  const end = (await findLastBelow(Number.MAX_SAFE_INTEGER)) ?? -1;
  let last = -1;
  for (const event of events.toSorted((left, right) => left.timestamp - right.timestamp)) {
    const isLate = end >= firstPositionAt(event.timestamp + 1);
    const before = isLate ? await lastBeforeLate(event.timestamp, last, findLastBelow) : Math.max(end, last);
    last = Math.max(firstPositionAt(event.timestamp), before + 1);
    positioned.push({ ...event, position: last });
  }
  return positioned;
}

/** The position a late event goes behind: the last of its millisecond, or of the first after it that is not full. */
async function lastBeforeLate(timestamp: number, lastGiven: number, findLastBelow: FindLastBelow): Promise<number> {
  for (let millisecond = timestamp; ; millisecond += 1) {
    const bound = firstPositionAt(millisecond + 1);
    const stored = (await findLastBelow(bound)) ?? -1;
    const last = lastGiven < bound ? Math.max(stored, lastGiven) : stored;
    if (last < bound - 1) {
      return last;
    }
  }
}
