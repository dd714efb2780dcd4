import { ListTrainingJobsCommand, type ListTrainingJobsCommandInput } from "@aws-sdk/client-sagemaker";
import { beforeAll, describe, expect, it } from "vitest";
import { failureOf } from "./support/sagemaker-under-test.ts";
import { trainingUnderTest } from "./support/training-under-test.ts";

const under = trainingUnderTest();
const names = ["bravo", "alpha", "delta", "charlie"];

beforeAll(async () => {
  for (const name of names) {
    await under.create(name, name === "delta" ? { HyperParameters: { num_round: "none" } } : {});
    await under.ended(name);
  }
});

async function list(request: ListTrainingJobsCommandInput): Promise<readonly (string | undefined)[]> {
  const page = await under.clients.sagemaker.send(new ListTrainingJobsCommand(request));
  return (page.TrainingJobSummaries ?? []).map(({ TrainingJobName }) => TrainingJobName);
}

describe("ListTrainingJobs", () => {
  it.each<readonly [string, ListTrainingJobsCommandInput, readonly string[]]>([
    ["by creation, oldest first", {}, names],
    ["by creation, newest first", { SortOrder: "Descending" }, names.toReversed()],
    ["by name", { SortBy: "Name" }, names.toSorted()],
    ["by name, backwards", { SortBy: "Name", SortOrder: "Descending" }, names.toSorted().toReversed()],
    ["whose name contains a text, in any case", { NameContains: "HA", SortBy: "Name" }, ["alpha", "charlie"]],
    ["of a status", { StatusEquals: "Failed" }, ["delta"]],
    ["of another status", { StatusEquals: "Stopped" }, []],
    ["created later than they were", { CreationTimeAfter: new Date("2100-01-01") }, []],
    ["created before a time", { CreationTimeBefore: new Date("2100-01-01"), MaxResults: 100 }, names],
    ["modified before they were", { LastModifiedTimeBefore: new Date("2020-01-01") }, []],
  ])("gives those %s", async (_name, request, expected) => {
    expect(await list(request)).toEqual(expected);
  });

  it("summarises, page by page", async () => {
    const { sagemaker, arn } = under.clients;
    const first = await sagemaker.send(new ListTrainingJobsCommand({ MaxResults: 3, SortBy: "Name" }));
    expect(first.TrainingJobSummaries?.[0]).toMatchObject({
      TrainingJobName: "alpha",
      TrainingJobArn: `${arn}:training-job/alpha`,
      TrainingJobStatus: "Completed",
      CreationTime: expect.any(Date),
      TrainingEndTime: expect.any(Date),
      LastModifiedTime: expect.any(Date),
    });
    const { NextToken } = first;
    const second = await sagemaker.send(new ListTrainingJobsCommand({ MaxResults: 3, SortBy: "Name", NextToken }));
    const summaries = [first, second].flatMap((page) => page.TrainingJobSummaries ?? []);
    expect(summaries.map(({ TrainingJobName }) => TrainingJobName)).toEqual(names.toSorted());
    expect(second.NextToken).toBeUndefined();
  });

  it.each<readonly [string, ListTrainingJobsCommandInput, unknown]>([
    [
      "too many results",
      { MaxResults: 101 },
      "1 validation error detected: Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
    ],
    ["a token that is none", { NextToken: "bogus" }, expect.stringMatching(/^Invalid pagination token/)],
    [
      "an order that is none",
      { SortBy: "Colour" as "Name" },
      "1 validation error detected: Value 'Colour' at 'sortBy' failed to satisfy constraint: Member must satisfy enum value set: [Name, CreationTime, Status]",
    ],
  ])("refuses %s", async (_name, request, message) => {
    expect(await failureOf(under.clients.sagemaker.send(new ListTrainingJobsCommand(request)))).toMatchObject({
      code: "ValidationException",
      status: 400,
      message,
    });
  });
});
