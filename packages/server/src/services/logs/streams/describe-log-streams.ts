import type { Operation } from "../../operation.ts";
import type { LogStream } from "../../../platform/logs/log-store.ts";
import { streamArn } from "../arns.ts";
import type { LogsApi, LogsDeps } from "../deps.ts";
import { invalidParameter, noSuchGroup } from "../errors.ts";
import { groupNameOf } from "../group-name.ts";
import { pageToken, readPageToken } from "../page-token.ts";

const defaultLimit = 50;

function streamShape(arn: string, stream: LogStream) {
  const { firstEventAt, lastEventAt, lastIngestionAt } = stream;
  return {
    logStreamName: stream.name,
    creationTime: stream.createdAt.getTime(),
    ...(firstEventAt === undefined ? {} : { firstEventTimestamp: firstEventAt }),
    ...(lastEventAt === undefined ? {} : { lastEventTimestamp: lastEventAt }),
    ...(lastIngestionAt === undefined ? {} : { lastIngestionTime: lastIngestionAt }),
    arn,
    // AWS has answered 0 since it stopped counting per stream.
    storedBytes: 0,
  };
}

/**
 * `nextToken` is there only if more streams exist: the SageMaker SDK asks again for as long as it sees one, but never sends
 * it, and would not stop.
 */
export const describeLogStreams: Operation<LogsApi, "DescribeLogStreams", LogsDeps> = {
  name: "DescribeLogStreams",

  permissions(input, { scope }) {
    return [{ action: "logs:DescribeLogStreams", resource: streamArn(scope, groupNameOf(input, scope)) }];
  },

  async run(input, { scope }, { logs }) {
    const { logStreamNamePrefix: prefix, limit = defaultLimit, nextToken } = input;
    const orderBy = input.orderBy === "LastEventTime" ? "lastEventTime" : "name";
    if (prefix !== undefined && orderBy === "lastEventTime") {
      throw invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
    }
    const group = groupNameOf(input, scope);
    const streams = await logs.listStreams(scope, group, {
      ...(prefix === undefined ? {} : { prefix }),
      orderBy,
      descending: input.descending ?? false,
      ...(nextToken === undefined ? {} : { after: readPageToken(nextToken) }),
      limit: limit + 1,
    });
    if (streams === undefined) {
      throw noSuchGroup();
    }
    const page = streams.slice(0, limit);
    const last = page.at(-1);
    return {
      logStreams: page.map((stream) => streamShape(streamArn(scope, group, stream.name), stream)),
      ...(streams.length > limit && last !== undefined ? { nextToken: pageToken(last.name) } : {}),
    };
  },
};
