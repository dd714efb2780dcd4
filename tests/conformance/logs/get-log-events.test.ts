import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  type FilterLogEventsCommandInput,
  type GetLogEventsCommandInput,
} from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awsClients, type AwsClients } from "../../support/aws-clients.ts";
import { failureOf } from "../../support/failure-of.ts";
import { startServer, type ServerUnderTest } from "../../support/server.ts";

let server: ServerUnderTest;
let logs: AwsClients["logs"];
let now = 0;
const logGroupName = "/conformance/group";
const logStreamName = "job/algo-1-1";

beforeAll(async () => {
  server = await startServer();
  ({ logs } = awsClients(server));
  now = Date.now() - 60_000;
  await logs.send(new CreateLogGroupCommand({ logGroupName, tags: { team: "a" } }));
  for (const name of [logStreamName, "job/algo-2-1", "other"]) {
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: name }));
  }
  await put(logStreamName, ["first", "second [error]", "third"]);
  await put("job/algo-2-1", ["elsewhere [error]"]);
});
afterAll(() => server.stop());

async function put(stream: string, messages: readonly string[]): Promise<unknown> {
  const logEvents = messages.map((message, i) => ({ message, timestamp: now + i }));
  return logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: stream, logEvents }));
}

async function read(changes: Partial<GetLogEventsCommandInput> = {}) {
  return logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true, ...changes }));
}

async function filter(changes: Partial<FilterLogEventsCommandInput>): Promise<readonly (string | undefined)[]> {
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName, ...changes }));
  return events.map(({ message }) => message);
}

const messages = (answer: { events?: { message?: string | undefined }[] | undefined }): (string | undefined)[] =>
  (answer.events ?? []).map(({ message }) => message);

describe("GetLogEvents", () => {
  it("reads forward to an empty page, whose token stays the same", async () => {
    const first = await read({ limit: 2 });
    expect(messages(first)).toEqual(["first", "second [error]"]);
    expect(first.events?.[0]).toMatchObject({ timestamp: now, ingestionTime: expect.any(Number) });
    const second = await read({ nextToken: first.nextForwardToken });
    expect(messages(second)).toEqual(["third"]);
    const end = await read({ nextToken: second.nextForwardToken });
    expect([messages(end), end.nextForwardToken]).toEqual([[], second.nextForwardToken]);
  });

  it("goes on where it stopped when more is written, and back", async () => {
    const { nextForwardToken } = await read();
    const logEvents = [{ message: "late", timestamp: now + 10 }];
    await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
    const more = await read({ nextToken: nextForwardToken });
    expect(messages(more)).toEqual(["late"]);
    expect(messages(await read({ nextToken: more.nextBackwardToken, limit: 2 }))).toEqual(["second [error]", "third"]);
  });

  it("gives the last events first where it is not asked for the head, and takes a time with a token", async () => {
    expect(messages(await read({ startFromHead: false, limit: 1 }))).toEqual(["late"]);
    expect(messages(await read({ startTime: now + 1, endTime: now + 2 }))).toEqual(["second [error]"]);
    const first = await read({ startTime: now, limit: 1 });
    expect(messages(await read({ startTime: now + 1, nextToken: first.nextForwardToken, limit: 1 }))).toEqual([
      "second [error]",
    ]);
  });

  it.each<readonly [string, Partial<GetLogEventsCommandInput>, string, string]>([
    ["group", { logGroupName: "/absent" }, "ResourceNotFoundException", "The specified log group does not exist."],
    ["stream", { logStreamName: "absent" }, "ResourceNotFoundException", "The specified log stream does not exist."],
    ["token", { nextToken: "bogus" }, "InvalidParameterException", "The specified nextToken is invalid."],
  ])("refuses an unknown %s", async (_what, changes, code, message) => {
    expect(await failureOf(read(changes))).toMatchObject({ code, message, status: 400 });
  });
});

describe("FilterLogEvents", () => {
  it.each<readonly [string, Partial<FilterLogEventsCommandInput>, readonly string[]]>([
    ["of streams by prefix, merged by time", { logStreamNamePrefix: "job/algo-2" }, ["elsewhere [error]"]],
    ["that contain a text", { filterPattern: '"[error]"' }, ["second [error]", "elsewhere [error]"]],
    ["of one stream by name", { logStreamNames: [logStreamName], filterPattern: "third" }, ["third"]],
    ["of a time without any", { startTime: 4_000_000_000_000 }, []],
  ])("finds those %s", async (_name, changes, expected) => {
    expect(new Set(await filter(changes))).toEqual(new Set(expected));
  });
});

describe("groups and streams", () => {
  it("are listed by prefix, page by page", async () => {
    const request = { logGroupName, logStreamNamePrefix: "job/", orderBy: "LogStreamName" as const, limit: 1 };
    const first = await logs.send(new DescribeLogStreamsCommand(request));
    expect(first.logStreams).toMatchObject([{ logStreamName, firstEventTimestamp: now, lastEventTimestamp: now + 10 }]);
    const second = await logs.send(new DescribeLogStreamsCommand({ ...request, nextToken: first.nextToken }));
    expect(second.logStreams?.map((stream) => stream.logStreamName)).toEqual(["job/algo-2-1"]);
    expect(second.nextToken).toBeUndefined();
    const groups = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/conf" }));
    const arn = `arn:aws:logs:${server.region}:${server.accountId}:log-group:${logGroupName}:*`;
    expect(groups.logGroups).toMatchObject([{ logGroupName, arn, creationTime: expect.any(Number) }]);
  });

  it("keep events as long as they are told", async () => {
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 7 }));
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }));
    expect(logGroups?.[0]?.retentionInDays).toBe(7);
    expect(
      await failureOf(logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 8 }))),
    ).toMatchObject({
      code: "InvalidParameterException",
      status: 400,
    });
  });

  it("are created once, deleted once, and their name is free again", async () => {
    const group = { logGroupName: "/conformance/once" };
    await logs.send(new CreateLogGroupCommand(group));
    expect(await failureOf(logs.send(new CreateLogGroupCommand(group)))).toMatchObject({
      code: "ResourceAlreadyExistsException",
      status: 400,
      message: "The specified log group already exists",
    });
    const stream = { ...group, logStreamName: "s" };
    await logs.send(new CreateLogStreamCommand(stream));
    expect(await failureOf(logs.send(new CreateLogStreamCommand(stream)))).toMatchObject({
      code: "ResourceAlreadyExistsException",
      message: "The specified log stream already exists",
    });
    await logs.send(new DeleteLogStreamCommand(stream));
    await logs.send(new DeleteLogGroupCommand(group));
    expect(await failureOf(logs.send(new DeleteLogGroupCommand(group)))).toMatchObject({
      code: "ResourceNotFoundException",
      message: "The specified log group does not exist.",
    });
    await logs.send(new CreateLogGroupCommand(group));
  });

  it.each([
    [
      "characters that names have not",
      "no blanks",
      "1 validation error detected: Value 'no blanks' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
    ],
    [
      "no characters at all",
      "",
      "1 validation error detected: Value '' at 'logGroupName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
  ])("refuse a name with %s", async (_name, name, message) => {
    const failure = await failureOf(logs.send(new CreateLogGroupCommand({ logGroupName: name })));
    expect(failure).toMatchObject({ code: "InvalidParameterException", status: 400 });
    expect(failure["message"]).toContain(message.slice(message.indexOf("Value")));
  });
});
