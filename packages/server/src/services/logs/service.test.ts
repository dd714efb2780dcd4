import { join } from "node:path";
import { AwsError } from "@clary/wire";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { manualClock, type ManualClock } from "../../platform/clock/manual-clock.ts";
import { openDatabase } from "../../platform/database/open-database.ts";
import { sqliteLogs } from "../../platform/logs/sqlite-logs.ts";
import { temporaryDirectory } from "../../platform/testing/temporary-directory.ts";
import type { CallContext, Service } from "../operation.ts";
import { logsService } from "./service.ts";

const start = new Date("2026-11-20T06:00:00.000Z");
const now = start.getTime();
const group = "/aws/sagemaker/TrainingJobs";
const stream = "job/algo-1-1";
const groupArn = `arn:aws:logs:us-east-1:123456789012:log-group:${group}`;

let clock: ManualClock;
let logs: Service;
let close: () => Promise<void>;
beforeEach(async () => {
  const directory = temporaryDirectory();
  const database = await openDatabase({ file: join(directory.path, "clary.db"), durable: false });
  clock = manualClock(start);
  logs = logsService({ logs: sqliteLogs(database, clock) });
  close = async () => {
    await database.close();
    directory.remove();
  };
});
afterEach(() => close());

function context(): CallContext {
  const account = "123456789012";
  return {
    requestId: "test",
    scope: { account, region: "us-east-1" },
    caller: { type: "root", account, arn: `arn:aws:iam::${account}:root`, userId: account },
    now: clock.now(),
    userAgent: "test",
    sourceIp: "127.0.0.1",
    origin: "http://127.0.0.1",
    signal: new AbortController().signal,
  };
}

interface Answer extends Record<string, unknown> {
  readonly events?: { readonly timestamp: number; readonly message: string; readonly logStreamName?: string }[];
  readonly nextToken?: string;
  readonly nextForwardToken?: string;
  readonly nextBackwardToken?: string;
}

async function call(name: string, input: object): Promise<Answer> {
  const operation = logs.operations.get(name);
  operation?.permissions(input, context());
  return (await operation?.run(input, context())) as Answer;
}

async function failure(name: string, input: object): Promise<string> {
  const answer: unknown = await call(name, input).catch((error: unknown) => error);
  return answer instanceof AwsError ? `${answer.code}: ${answer.message}` : `answered ${JSON.stringify(answer)}`;
}

async function makeStream(name = stream): Promise<void> {
  await call("CreateLogGroup", { logGroupName: group }).catch(() => undefined);
  await call("CreateLogStream", { logGroupName: group, logStreamName: name });
}

/** Puts messages a millisecond apart, the last of them now. */
function put(messages: readonly string[], name = stream): Promise<Answer> {
  const logEvents = messages.map((message, index) => ({ timestamp: now - messages.length + 1 + index, message }));
  return call("PutLogEvents", { logGroupName: group, logStreamName: name, logEvents });
}

const read = (input: object): Promise<Answer> =>
  call("GetLogEvents", { logGroupName: group, logStreamName: stream, ...input });
const messages = ({ events }: Answer): string[] => (events ?? []).map(({ message }) => message);
const noGroup = "ResourceNotFoundException: The specified log group does not exist.";
const noStream = "ResourceNotFoundException: The specified log stream does not exist.";

describe("groups and streams", () => {
  it("say in AWS's words what is missing or there already", async () => {
    await makeStream();
    expect(await failure("CreateLogGroup", { logGroupName: group })).toBe(
      "ResourceAlreadyExistsException: The specified log group already exists",
    );
    expect(await failure("CreateLogStream", { logGroupName: group, logStreamName: stream })).toBe(
      "ResourceAlreadyExistsException: The specified log stream already exists",
    );
    const missing = { logGroupName: "none", logStreamName: stream };
    for (const name of [
      "CreateLogStream",
      "DeleteLogStream",
      "GetLogEvents",
      "DescribeLogStreams",
      "FilterLogEvents",
    ]) {
      expect([name, await failure(name, missing)]).toEqual([name, noGroup]);
    }
    for (const name of ["DeleteLogGroup", "DeleteRetentionPolicy", "ListTagsLogGroup"]) {
      expect([name, await failure(name, { logGroupName: "none" })]).toEqual([name, noGroup]);
    }
    expect(await failure("PutLogEvents", { ...missing, logEvents: [{ timestamp: now, message: "x" }] })).toBe(noGroup);
    const streamless = { logGroupName: group, logStreamName: "none" };
    expect(await failure("GetLogEvents", streamless)).toBe(noStream);
    expect(await failure("DeleteLogStream", streamless)).toBe(noStream);
    expect(await failure("FilterLogEvents", { logGroupName: group, logStreamNames: [stream, "none"] })).toBe(noStream);
    expect(await failure("PutLogEvents", { ...streamless, logEvents: [{ timestamp: now, message: "x" }] })).toBe(
      noStream,
    );
  });

  it("are described in pages, with a token only where there are more", async () => {
    for (const name of ["a/1", "a/2", "a/3", "b/1"]) {
      await makeStream(name);
    }
    const describe_ = (input: object): Promise<Answer> => call("DescribeLogStreams", { logGroupName: group, ...input });
    const names = (answer: Answer): unknown[] =>
      (answer["logStreams"] as { logStreamName: string }[]).map(({ logStreamName }) => logStreamName);
    const first = await describe_({ logStreamNamePrefix: "a/", orderBy: "LogStreamName", limit: 2 });
    expect(names(first)).toEqual(["a/1", "a/2"]);
    const second = await describe_({ logStreamNamePrefix: "a/", limit: 2, nextToken: first.nextToken });
    expect(names(second)).toEqual(["a/3"]);
    expect(second).not.toHaveProperty("nextToken");
    const exact = await describe_({ logStreamNamePrefix: "a/", limit: 3 });
    expect(exact).not.toHaveProperty("nextToken");
    expect(names(await describe_({ descending: true }))).toEqual(["b/1", "a/3", "a/2", "a/1"]);
    await put(["x"], "a/2");
    const [latest] = (await describe_({ orderBy: "LastEventTime", descending: true }))["logStreams"] as object[];
    expect(latest).toEqual({
      logStreamName: "a/2",
      creationTime: now,
      firstEventTimestamp: now,
      lastEventTimestamp: now,
      lastIngestionTime: now,
      arn: `${groupArn}:log-stream:a/2`,
      storedBytes: 0,
    });
    expect(
      await failure("DescribeLogStreams", { logGroupName: group, orderBy: "LastEventTime", logStreamNamePrefix: "a" }),
    ).toBe("InvalidParameterException: Cannot order by LastEventTime with a logStreamNamePrefix.");
    expect(await failure("DescribeLogStreams", { logGroupName: group, nextToken: "no token!" })).toBe(
      "InvalidParameterException: The specified nextToken is invalid.",
    );
  });

  it("are found by name or ARN", async () => {
    await makeStream();
    for (const logGroupIdentifier of [group, groupArn, `${groupArn}:*`]) {
      expect(await call("DescribeLogStreams", { logGroupIdentifier })).toMatchObject({
        logStreams: [{ logStreamName: stream }],
      });
    }
    expect(await failure("DescribeLogStreams", {})).toBe(
      "InvalidParameterException: Either logGroupName or logGroupIdentifier must be specified, but not both.",
    );
  });

  it("describe groups by prefix or pattern", async () => {
    for (const logGroupName of ["/aws/sagemaker/TransformJobs", group, "/other"]) {
      await call("CreateLogGroup", { logGroupName });
    }
    await call("PutRetentionPolicy", { logGroupName: group, retentionInDays: 7 });
    const answer = await call("DescribeLogGroups", { logGroupNamePrefix: "/aws/", limit: 1 });
    expect(answer["logGroups"]).toEqual([
      {
        logGroupName: group,
        creationTime: now,
        retentionInDays: 7,
        metricFilterCount: 0,
        arn: `${groupArn}:*`,
        storedBytes: 0,
        logGroupClass: "STANDARD",
        logGroupArn: groupArn,
      },
    ]);
    const rest = await call("DescribeLogGroups", { logGroupNamePrefix: "/aws/", nextToken: answer.nextToken });
    expect(rest).toMatchObject({ logGroups: [{ logGroupName: "/aws/sagemaker/TransformJobs" }] });
    expect(rest).not.toHaveProperty("nextToken");
    const found = await call("DescribeLogGroups", { logGroupNamePattern: "Transform" });
    expect(found["logGroups"]).toHaveLength(1);
    expect(await failure("DescribeLogGroups", { logGroupNamePrefix: "a", logGroupNamePattern: "b" })).toBe(
      "InvalidParameterException: LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.",
    );
  });

  it("keep events as long as their retention says", async () => {
    await makeStream();
    await put(["old"]);
    expect(await failure("PutRetentionPolicy", { logGroupName: group, retentionInDays: 2 })).toMatch(
      /^InvalidParameterException: 1 validation error detected: Value '2' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: \[1, 3, 5,/,
    );
    await call("PutRetentionPolicy", { logGroupName: group, retentionInDays: 1 });
    expect(messages(await read({ startFromHead: true }))).toEqual(["old"]);
    clock.advance(86_400_001);
    expect(messages(await read({ startFromHead: true }))).toEqual([]);
    await call("DeleteRetentionPolicy", { logGroupName: group });
    expect(await call("DescribeLogGroups", {})).not.toHaveProperty(["logGroups", 0, "retentionInDays"]);
  });

  it("carry tags, by name and by ARN", async () => {
    await call("CreateLogGroup", { logGroupName: group, tags: { a: "1" } });
    await call("TagLogGroup", { logGroupName: group, tags: { b: "2" } });
    await call("TagResource", { resourceArn: groupArn, tags: { c: "3" } });
    expect(await call("ListTagsForResource", { resourceArn: groupArn })).toEqual({ tags: { a: "1", b: "2", c: "3" } });
    await call("UntagResource", { resourceArn: groupArn, tagKeys: ["a"] });
    await call("UntagLogGroup", { logGroupName: group, tags: ["b", "none"] });
    expect(await call("ListTagsLogGroup", { logGroupName: group })).toEqual({ tags: { c: "3" } });
    expect(await failure("ListTagsForResource", { resourceArn: "arn:aws:s3:::bucket" })).toBe(
      "ResourceNotFoundException: The specified resource does not exist.",
    );
  });
});

describe("GetLogEvents", () => {
  it("ends with an empty page and the token that was sent, and goes on from there", async () => {
    await makeStream();
    await put(["1", "2", "3"]);
    const seen: string[][] = [];
    let nextToken: string | undefined;
    for (;;) {
      const page = await read({
        startFromHead: true,
        limit: 2,
        startTime: now - 10,
        ...(nextToken === undefined ? {} : { nextToken }),
      });
      seen.push(messages(page));
      const isEnd = page.nextForwardToken === nextToken;
      nextToken = page.nextForwardToken;
      if (isEnd) {
        break;
      }
    }
    expect(seen).toEqual([["1", "2"], ["3"], []]);
    expect(nextToken).toMatch(/^f\/\d{56}\/s$/);
    await put(["4"]);
    expect(messages(await read({ startFromHead: true, nextToken }))).toEqual(["4"]);
  });

  it("of an empty stream goes on where events then come", async () => {
    await makeStream();
    const empty = await read({ startFromHead: true });
    expect(messages(empty)).toEqual([]);
    const again = await read({ startFromHead: true, nextToken: empty.nextForwardToken });
    expect(again.nextForwardToken).toBe(empty.nextForwardToken);
    await put(["1"]);
    expect(messages(await read({ startFromHead: true, nextToken: empty.nextForwardToken }))).toEqual(["1"]);
  });

  it("without startFromHead gives the latest, oldest first, and goes back from there", async () => {
    await makeStream();
    await put(["1", "2", "3", "4", "5"]);
    const latest = await read({ limit: 2 });
    expect(messages(latest)).toEqual(["4", "5"]);
    const before = await read({ limit: 2, nextToken: latest.nextBackwardToken });
    expect(messages(before)).toEqual(["2", "3"]);
    const first = await read({ limit: 2, nextToken: before.nextBackwardToken });
    expect(messages(first)).toEqual(["1"]);
    const end = await read({ limit: 2, nextToken: first.nextBackwardToken });
    expect(messages(end)).toEqual([]);
    expect(end.nextBackwardToken).toBe(first.nextBackwardToken);
    expect(messages(await read({ nextToken: before.nextForwardToken }))).toEqual(["4", "5"]);
  });

  it("takes events from the start time on and before the end time", async () => {
    await makeStream();
    await put(["1", "2", "3"]);
    const page = await read({ startFromHead: true, startTime: now - 1, endTime: now });
    expect(page.events).toEqual([{ timestamp: now - 1, message: "2", ingestionTime: now }]);
  });

  it("gives no page larger than a mebibyte", async () => {
    await makeStream();
    const large = "x".repeat(400_000);
    await put([large, large]);
    await put([large, "last"]);
    const sizes = (answer: Answer): number[] => messages(answer).map(({ length }) => length);
    const page = await read({ startFromHead: true });
    expect(sizes(page)).toEqual([400_000, 400_000]);
    expect(sizes(await read({ startFromHead: true, nextToken: page.nextForwardToken }))).toEqual([400_000, 4]);
    expect(sizes(await read({}))).toEqual([400_000, 400_000, 4]);
  });

  it("refuses tokens that it did not give", async () => {
    await makeStream();
    for (const nextToken of ["", "f/1/s", `x/${"0".repeat(56)}/s`, `f/${"9".repeat(56)}/s`]) {
      expect(await failure("GetLogEvents", { logGroupName: group, logStreamName: stream, nextToken })).toBe(
        "InvalidParameterException: The specified nextToken is invalid.",
      );
    }
  });
});

describe("FilterLogEvents", () => {
  const filter = (input: object): Promise<Answer> => call("FilterLogEvents", { logGroupName: group, ...input });

  it("merges the streams of a group and pages through what matches", async () => {
    await makeStream("job/algo-1");
    await makeStream("job/algo-2");
    await makeStream("other");
    await put(["a ERROR", "b fine", "c ERROR"], "job/algo-1");
    await put(["d ERROR"], "job/algo-2");
    await put(["e ERROR"], "other");
    const query = { logStreamNamePrefix: "job/", filterPattern: "ERROR", limit: 2 };
    const first = await filter(query);
    expect(first.events).toEqual([
      {
        logStreamName: "job/algo-1",
        timestamp: now - 2,
        message: "a ERROR",
        ingestionTime: now,
        eventId: expect.any(String),
      },
      {
        logStreamName: "job/algo-1",
        timestamp: now,
        message: "c ERROR",
        ingestionTime: now,
        eventId: expect.any(String),
      },
    ]);
    const rest = await filter({ ...query, nextToken: first.nextToken });
    expect(messages(rest)).toEqual(["d ERROR"]);
    expect(rest).not.toHaveProperty("nextToken");
    expect(messages(await filter({ logStreamNames: ["other"] }))).toEqual(["e ERROR"]);
    expect(messages(await filter({ startTime: now - 1, endTime: now - 1 }))).toEqual(["b fine"]);
    expect(await failure("FilterLogEvents", { logGroupName: group, nextToken: "mine" })).toBe(
      "InvalidParameterException: The specified nextToken is invalid.",
    );
    expect(
      await failure("FilterLogEvents", { logGroupName: group, logStreamNames: ["other"], logStreamNamePrefix: "o" }),
    ).toBe("InvalidParameterException: logStreamNames and logStreamNamePrefix are mutually exclusive parameters.");
  });

  it("loses nothing between pages that are full", async () => {
    await makeStream();
    const large = (name: string): string => `${name}${"x".repeat(300_000)}`;
    await put([large("1"), large("2"), large("3")]);
    await put([large("4"), large("5")]);
    const seen: string[] = [];
    let nextToken: string | undefined;
    let pages = 0;
    do {
      const page = await filter(nextToken === undefined ? {} : { nextToken });
      seen.push(...messages(page).map((message) => message.charAt(0)));
      nextToken = page.nextToken;
      pages += 1;
    } while (nextToken !== undefined);
    expect(seen.toSorted()).toEqual(["1", "2", "3", "4", "5"]);
    expect(pages).toBe(2);
  });
});

describe("PutLogEvents", () => {
  const putEvents = (logEvents: object[]): object => ({ logGroupName: group, logStreamName: stream, logEvents });
  const day = 86_400_000;

  it("takes what is neither too old nor too new, and says what it did not take", async () => {
    await makeStream();
    const old = { timestamp: now - 14 * day - 1, message: "old" };
    const kept = { timestamp: now - 14 * day, message: "kept" };
    expect(await call("PutLogEvents", putEvents([old, kept]))).toEqual({
      rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 },
    });
    const late = { timestamp: now + day / 12 + 1, message: "late" };
    expect(await call("PutLogEvents", putEvents([{ timestamp: now, message: "now" }, late]))).toEqual({
      rejectedLogEventsInfo: { tooNewLogEventStartIndex: 1 },
    });
    expect(messages(await read({ startFromHead: true }))).toEqual(["kept", "now"]);
  });

  it("refuses batches that are unordered, too long or too large", async () => {
    await makeStream();
    const at = (timestamp: number, message = "x"): object => ({ timestamp, message });
    expect(await failure("PutLogEvents", putEvents([at(now), at(now - 1)]))).toBe(
      "InvalidParameterException: Log events in a single PutLogEvents request must be in chronological order.",
    );
    expect(await failure("PutLogEvents", putEvents([at(now - day - 1), at(now)]))).toBe(
      "InvalidParameterException: The batch of log events in a single PutLogEvents request cannot span more than 24 hours.",
    );
    expect(await failure("PutLogEvents", putEvents([at(now, "x".repeat(1_048_551))]))).toBe(
      "InvalidParameterException: Upload too large: 1048577 bytes exceeds limit of 1048576",
    );
    expect(messages(await read({ startFromHead: true }))).toEqual([]);
  });
});
