import { readFileSync } from "node:fs";
import type { ServiceIndexFile } from "@clary/wire";
import { describe, expect, it } from "vitest";
import { bodyLimits } from "../body/body-limits.ts";
import type { Arrived, Identity } from "../exchange.ts";
import { hostReader } from "../host/host-name.ts";
import { serviceDirectory } from "../identify/service-directory.ts";
import { identifyService } from "./identify-service.ts";

const { services } = JSON.parse(
  readFileSync(new URL("../../../models/index.json", import.meta.url), "utf8"),
) as ServiceIndexFile;

const identify = identifyService({
  directory: serviceDirectory(services),
  readHost: hostReader(services),
  limits: bodyLimits(),
});

interface Request {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function scoped(service: string): Readonly<Record<string, string>> {
  const credential = `AKID/20261120/us-east-1/${service}/aws4_request`;
  const signature = "0".repeat(64);
  return {
    "x-amz-date": "20261120T060000Z",
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=${signature}`,
  };
}

const form = { "content-type": "application/x-www-form-urlencoded" };

async function identity({
  method = "GET",
  path = "/",
  query = "",
  headers = {},
  body = "",
}: Request): Promise<Identity> {
  return identify({
    head: { method, path, query, headers: { host: "127.0.0.1:8080", ...headers } },
    body: { collect: async () => Buffer.from(body) },
  } as unknown as Arrived);
}

const cases: readonly (readonly [string, Request, string, string])[] = [
  ["a target", { headers: { "x-amz-target": "Logs_20140328.PutLogEvents" } }, "logs", "awsJson1_1"],
  [
    "a target, whatever the scope",
    { headers: { "x-amz-target": "SageMaker.X", ...scoped("sagemaker") } },
    "sagemaker",
    "awsJson1_1",
  ],
  [
    "a path of rpcv2Cbor",
    {
      path: "/service/GraniteServiceVersion20100801/operation/ListMetrics",
      headers: { "smithy-protocol": "rpc-v2-cbor" },
    },
    "cloudwatch",
    "rpcv2Cbor",
  ],
  [
    "a form to a service of three protocols",
    { method: "POST", headers: { ...form, ...scoped("monitoring") } },
    "cloudwatch",
    "awsQuery",
  ],
  [
    "a scope of REST",
    { path: "/endpoints/e/invocations", headers: scoped("sagemaker") },
    "sagemaker-runtime",
    "restJson1",
  ],
  ["a scope of query, by GET", { query: "Action=GetCallerIdentity", headers: scoped("sts") }, "sts", "awsQuery"],
  ["a scope of EC2", { method: "POST", headers: { ...form, ...scoped("ec2") } }, "ec2", "ec2Query"],
  [
    "an unsigned form",
    { method: "POST", headers: form, body: "Action=AssumeRoleWithWebIdentity&Version=2011-06-15" },
    "sts",
    "awsQuery",
  ],
  ["an unsigned query", { query: "Action=ListRoles&Version=2010-05-08" }, "iam", "awsQuery"],
  ["a host", { headers: { host: "sts.us-east-1.amazonaws.com" } }, "sts", "awsQuery"],
  ["nothing at all", { path: "/bucket/key" }, "s3", "restXml"],
  ["a version 2 signature", { path: "/b/k", query: "AWSAccessKeyId=A&Signature=c2ln&Expires=1" }, "s3", "restXml"],
];

describe("identifyService", () => {
  it.each(cases)("goes by %s", async (_, request, service, protocol) => {
    const found = await identity(request);

    expect([found.service.id, found.protocol]).toEqual([service, protocol]);
  });

  it("puts the bucket of the host into the path, and only S3's", async () => {
    const host = "my-bucket.localhost:8080";

    expect(await identity({ path: "/key", headers: { host } })).toMatchObject({
      routedPath: "/my-bucket/key",
      hostBucket: "my-bucket",
    });
    expect(await identity({ path: "/", headers: { host, ...scoped("sts") } })).toMatchObject({ routedPath: "/" });
  });

  it.each([
    [{ headers: scoped("athena") }, "NotImplemented", "Clary does not implement the AWS service athena."],
    [
      { headers: { "x-amz-target": "AmazonAthena.X", ...scoped("athena") } },
      "NotImplemented",
      "Clary does not implement the AWS service athena.",
    ],
    [
      { headers: { host: "glue.us-east-1.amazonaws.com" } },
      "NotImplemented",
      "Clary does not implement the AWS service glue.",
    ],
    [{ headers: { "x-amz-target": "Strange.X", ...scoped("logs") } }, "UnknownOperationException", ""],
  ])("refuses %j", async (request, code, message) => {
    await expect(identity(request)).rejects.toMatchObject({ code, message });
  });
});
