import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clary, lastJson } from "../../support/clary.ts";
import { describeWithClient } from "../../support/clients.ts";
import { startServer, type ServerUnderTest } from "../../support/server.ts";

/**
 * How a client finds the server: by `AWS_ENDPOINT_URL`, or through the HTTPS proxy, under the names of AWS's own hosts. `clary
 * exec` sets both; a tour that is to show one of them works with the other taken away.
 */
const ways = {
  AWS_ENDPOINT_URL: ["-u", "HTTPS_PROXY", "-u", "https_proxy"],
  "the HTTPS proxy": ["-u", "AWS_ENDPOINT_URL"],
} as const;

type Way = keyof typeof ways;

let server: ServerUnderTest;
let directory = "";
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "clary-tour-"));
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Runs a script of this folder through `clary exec`; a bucket and a name of its own end its arguments. */
async function tour(way: Way, name: string, program: readonly string[]): Promise<Record<string, unknown>> {
  const [interpreter = "", script = "", ...words] = program;
  const path = fileURLToPath(new URL(script, import.meta.url));
  const exec = ["exec", "--port", String(server.port), "--data-dir", directory, "--", "env", ...ways[way]];
  return lastJson(await clary([...exec, interpreter, path, ...words, `sagemaker-${name}`, name]));
}

function identityPattern(): RegExp {
  return new RegExp(
    `^arn:aws:sts::${server.accountId}:assumed-role/AmazonSageMaker-ExecutionRole-\\d{8}T\\d{6}/SageMaker$`,
  );
}

/** What the execution role is told about roles that are not its own: only whether there are any is kept from it. */
const mayNotGetRole = expect.stringMatching(
  /^User: arn:aws:sts::\d{12}:assumed-role\/\S+ is not authorized to perform: iam:GetRole on resource: role absent because no identity-based policy allows the iam:GetRole action$/,
);

/** 2a + b at (3, 4) is 10; twenty small trees come close. */
function expectPrediction(prediction: unknown): void {
  expect(prediction).toBeGreaterThan(9.5);
  expect(prediction).toBeLessThan(10.5);
}

/** What boto3 and JavaScript see alike. */
function expectSeen(seen: Record<string, unknown>, name: string): void {
  const arn = `arn:aws:sagemaker:${server.region}:${server.accountId}`;
  expect(seen).toMatchObject({
    identity: expect.stringMatching(identityPattern()),
    role: server.executionRoleArn,
    object: { same: true, metadata: { kind: "rows" } },
    training: { status: "Completed", artifact: `s3://sagemaker-${name}/out/${name}/output/model.tar.gz` },
    rounds_logged: 20,
    invocation: { content_type: "text/csv; charset=utf-8", variant: "AllTraffic" },
    no_such_key: [404, "NoSuchKey", "The specified key does not exist."],
    no_such_role: [403, "AccessDenied", mayNotGetRole],
    no_such_endpoint: [400, "ValidationError", `Endpoint absent of account ${server.accountId} not found.`],
    deleted: [400, "ValidationException", `Could not find model "${arn}:model/${name}".`],
  });
  expectPrediction((seen["invocation"] as Record<string, unknown>)["prediction"]);
}

const boto3 = [
  ["sagemaker-2", "boto3, current", ["AWS_ENDPOINT_URL", "the HTTPS proxy"]],
  ["sagemaker-1.72", "boto3 1.26, which reads no AWS_ENDPOINT_URL", ["the HTTPS proxy"]],
] as const;

for (const [client, title, knownWays] of boto3) {
  describeWithClient(client, title, (python) => {
    it.each<Way>([...knownWays])("takes the main path by %s", async (way) => {
      const name = `boto3-${client.replace(".", "-")}-${way === "AWS_ENDPOINT_URL" ? "endpoint" : "proxy"}`;
      const seen = await tour(way, name, [python, "boto3_tour.py"]);
      expectSeen(seen, name);
      expect(seen).toMatchObject({
        keys: ["train/rows + more.csv"],
        presigned: { s3: "s3", s3v4: "s3v4" },
        no_such_head: [404, "404", "Not Found"],
        training: {
          kms: "",
          metrics: ["train:rmse"],
          messages: [
            "Preparing the instances for training",
            "Downloading input data",
            "Training image download completed. Training in progress.",
            "Uploading generated training model",
            "Training job completed",
          ],
        },
        endpoint: "InService",
        no_such_group: [400, "ResourceNotFoundException", "The specified log group does not exist."],
      });
    });
  });
}

describe("the AWS SDK for JavaScript, version 3", () => {
  it.each<Way>(["AWS_ENDPOINT_URL", "the HTTPS proxy"])("takes the main path by %s", async (way) => {
    const name = `javascript-${way === "AWS_ENDPOINT_URL" ? "endpoint" : "proxy"}`;
    const seen = await tour(way, name, [process.execPath, "javascript-tour.js"]);
    expectSeen(seen, name);
    expect(seen).toMatchObject({ presigned: true, endpoint: "SUCCESS" });
  });
});

const commandLines = [
  ["awscli-1", ["AWS_ENDPOINT_URL", "the HTTPS proxy"]],
  // Debian 12 has 2.9, which is older than AWS_ENDPOINT_URL.
  ["awscli-2", ["the HTTPS proxy"]],
] as const;

for (const [client, knownWays] of commandLines) {
  describeWithClient(client, "the AWS command line", (aws) => {
    it.each<Way>([...knownWays])("takes the main path by %s", async (way) => {
      const name = `${client}-${way === "AWS_ENDPOINT_URL" ? "endpoint" : "proxy"}`;
      const seen = await tour(way, name, ["python3", "awscli_tour.py", aws]);
      expect(seen).toMatchObject({
        identity: expect.stringMatching(identityPattern()),
        role: server.executionRoleArn,
        object: true,
        presigned: true,
        no_such_key: ["NoSuchKey", "GetObject", "The specified key does not exist."],
        training: { status: "Completed", artifact: `s3://sagemaker-${name}/out/${name}/output/model.tar.gz` },
        rounds_logged: 20,
        endpoint: "InService",
        invocation: { ContentType: "text/csv; charset=utf-8", InvokedProductionVariant: "AllTraffic" },
        no_such_role: ["AccessDenied", "GetRole", mayNotGetRole],
        no_such_endpoint: [
          "ValidationError",
          "InvokeEndpoint",
          `Endpoint absent of account ${server.accountId} not found.`,
        ],
        deleted: [
          "ValidationException",
          "DescribeModel",
          `Could not find model "arn:aws:sagemaker:${server.region}:${server.accountId}:model/${name}".`,
        ],
      });
      expectPrediction(seen["prediction"]);
    });
  });
}
