import type { Operation } from "../../operation.ts";
import type { LogGroup } from "../../../platform/logs/log-store.ts";
import type { Scope } from "../../../platform/scope.ts";
import { groupArn, streamArn } from "../arns.ts";
import type { LogsApi, LogsDeps } from "../deps.ts";
import { invalidParameter } from "../errors.ts";
import { pageToken, readPageToken } from "../page-token.ts";

const defaultLimit = 50;

function groupShape(scope: Scope, group: LogGroup) {
  const arn = groupArn(scope, group.name);
  return {
    logGroupName: group.name,
    creationTime: group.createdAt.getTime(),
    ...(group.retentionInDays === undefined ? {} : { retentionInDays: group.retentionInDays }),
    metricFilterCount: 0,
    arn: `${arn}:*`,
    storedBytes: group.storedBytes,
    logGroupClass: "STANDARD" as const,
    logGroupArn: arn,
  };
}

export const describeLogGroups: Operation<LogsApi, "DescribeLogGroups", LogsDeps> = {
  name: "DescribeLogGroups",

  permissions(_input, { scope }) {
    return [{ action: "logs:DescribeLogGroups", resource: streamArn(scope, "") }];
  },

  async run(input, { scope }, { logs }) {
    const { logGroupNamePrefix: prefix, logGroupNamePattern: contains, limit = defaultLimit, nextToken } = input;
    if (prefix !== undefined && contains !== undefined) {
      throw invalidParameter("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    }
    const groups = await logs.listGroups(scope, {
      ...(prefix === undefined ? {} : { prefix }),
      ...(contains === undefined ? {} : { contains }),
      ...(nextToken === undefined ? {} : { after: readPageToken(nextToken) }),
      limit: limit + 1,
    });
    const page = groups.slice(0, limit);
    const last = page.at(-1);
    return {
      logGroups: page.map((group) => groupShape(scope, group)),
      ...(groups.length > limit && last !== undefined ? { nextToken: pageToken(last.name) } : {}),
    };
  },
};
