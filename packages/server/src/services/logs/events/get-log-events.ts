import type { LogReadQuery, StoredLogEvent } from "../../../platform/logs/log-store.ts";
import type { InputOf, Operation } from "../../operation.ts";
import { streamArn } from "../arns.ts";
import type { LogsApi, LogsDeps } from "../deps.ts";
import { groupNameOf } from "../group-name.ts";
import { missingStream } from "../streams/missing.ts";
import { readEventToken, writeEventToken, type EventToken } from "./event-token.ts";
import { fitPage } from "./page-bytes.ts";

type Input = InputOf<LogsApi, "GetLogEvents">;

const defaultLimit = 10_000;

/** Where to begin: at the token; without one, at the first event or, reading backwards, behind the last. */
function startOf(input: Input): EventToken | undefined {
  if (input.nextToken !== undefined) {
    return readEventToken(input.nextToken);
  }
  return input.startFromHead === true ? { direction: "forward", position: 0 } : undefined;
}

function queryOf(input: Input, start: EventToken | undefined): LogReadQuery {
  const backwards = start === undefined || start.direction === "backward";
  const after = start === undefined ? {} : { after: backwards ? start.position : start.position - 1 };
  return {
    ...(input.startTime === undefined ? {} : { startTime: input.startTime }),
    ...(input.endTime === undefined ? {} : { endTime: input.endTime }),
    ...after,
    limit: input.limit ?? defaultLimit,
    backwards,
  };
}

/** Tokens around the page. Where there is nothing, they stay where reading began, so that a reader sees its own token again. */
function tokensAround(page: readonly StoredLogEvent[], start: EventToken | undefined) {
  const first = page[0];
  const last = page.at(-1);
  const rest = start?.position ?? 0;
  return {
    nextForwardToken: writeEventToken({
      direction: "forward",
      position: last === undefined ? rest : last.position + 1,
    }),
    nextBackwardToken: writeEventToken({ direction: "backward", position: first?.position ?? rest }),
  };
}

/**
 * A page of one stream, oldest first. `startTime` (inclusive) and a token may come together. At either end the page is empty
 * and the token is the one that was sent, which is how clients know that they have everything for now.
 */
export const getLogEvents: Operation<LogsApi, "GetLogEvents", LogsDeps> = {
  name: "GetLogEvents",

  permissions(input, { scope }) {
    const resource = streamArn(scope, groupNameOf(input, scope), input.logStreamName);
    return [{ action: "logs:GetLogEvents", resource }];
  },

  async run(input, { scope }, deps) {
    const group = groupNameOf(input, scope);
    const start = startOf(input);
    const query = queryOf(input, start);
    const events = await deps.logs.read(scope, group, input.logStreamName, query);
    if (events === undefined) {
      throw await missingStream(deps, scope, group);
    }
    const read = fitPage(events);
    const page = query.backwards ? read.toReversed() : read;
    return {
      events: page.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
      ...tokensAround(page, start),
    };
  },
};
