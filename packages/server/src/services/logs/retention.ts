import type { LogGroup } from "../../platform/logs/log-store.ts";

const millisecondsPerDay = 86_400_000;

/** The time before which the group's events have expired, in milliseconds; undefined when it keeps them for ever. */
export function expiredBefore({ retentionInDays }: LogGroup, now: Date): number | undefined {
  return retentionInDays === undefined ? undefined : now.getTime() - retentionInDays * millisecondsPerDay;
}

/** The later of the two, where there are two: events before it are not shown. */
export function laterOf(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}
