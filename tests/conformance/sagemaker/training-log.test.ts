import { DescribeLogStreamsCommand, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { describe, expect, it } from "vitest";
import { trainingUnderTest } from "./support/training-under-test.ts";

const under = trainingUnderTest();
const logGroupName = "/aws/sagemaker/TrainingJobs";

describe("a training job's log", () => {
  it("has the last lines of a job that prints faster than they are stored, when the job has ended", async () => {
    const HyperParameters = { objective: "reg:squarederror", num_round: "12000", max_depth: "1" };
    const job = await under.train("Chatty", { HyperParameters });
    expect(job.TrainingJobStatus).toBe("Completed");

    const { logs } = under.clients;
    const { logStreams = [] } = await logs.send(
      new DescribeLogStreamsCommand({ logGroupName, logStreamNamePrefix: "Chatty/" }),
    );
    expect(logStreams).toHaveLength(1);
    const logStreamName = logStreams[0]?.logStreamName;
    const { events = [] } = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, limit: 2 }));
    expect(events.map(({ message }) => message?.split("#011")[0])).toEqual(["[11998]", "[11999]"]);
  });
});
