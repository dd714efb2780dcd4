import type { Operation } from "../../operation.ts";
import type { LogEvent } from "../../../platform/logs/log-store.ts";
import { streamArn } from "../arns.ts";
import type { LogsApi, LogsDeps } from "../deps.ts";
import { invalidParameter } from "../errors.ts";
import { missingStream } from "../streams/missing.ts";
import { eventBytes, pageBytes } from "./page-bytes.ts";

const day = 86_400_000;
const oldest = 14 * day;
const newest = day / 12;

/** @throws AwsError for a batch that is too large, unordered, or spans more than a day */
function checkBatch(events: readonly LogEvent[]): void {
  const bytes = events.reduce((sum, event) => sum + eventBytes(event), 0);
  if (bytes > pageBytes) {
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${pageBytes}`);
  }
  if (events.some(({ timestamp }, index) => timestamp < (events[index - 1]?.timestamp ?? timestamp))) {
    throw invalidParameter("Log events in a single PutLogEvents request must be in chronological order.");
  }
  if ((events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0) > day) {
    throw invalidParameter("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
  }
}

/** The events that are taken, and which were not: too old ones lead the batch, too new ones end it. */
function accept(events: readonly LogEvent[], now: number) {
  const old = events.filter(({ timestamp }) => timestamp < now - oldest).length;
  const firstNew = events.findIndex(({ timestamp }) => timestamp > now + newest);
  const rejected = {
    ...(old > 0 ? { tooOldLogEventEndIndex: old } : {}),
    ...(firstNew >= 0 ? { tooNewLogEventStartIndex: firstNew } : {}),
  };
  return {
    accepted: events.slice(old, firstNew < 0 ? events.length : firstNew),
    answer: old > 0 || firstNew >= 0 ? { rejectedLogEventsInfo: rejected } : {},
  };
}

/** Sequence tokens are accepted and have no meaning, as on AWS since 2023. */
export const putLogEvents: Operation<LogsApi, "PutLogEvents", LogsDeps> = {
  name: "PutLogEvents",

  permissions(input, { scope }) {
    return [{ action: "logs:PutLogEvents", resource: streamArn(scope, input.logGroupName, input.logStreamName) }];
  },

  async run(input, { scope, now }, deps) {
    checkBatch(input.logEvents);
    const { accepted, answer } = accept(input.logEvents, now.getTime());
    if (!(await deps.logs.append(scope, input.logGroupName, input.logStreamName, accepted))) {
      throw await missingStream(deps, scope, input.logGroupName);
    }
    return answer;
  },
};
