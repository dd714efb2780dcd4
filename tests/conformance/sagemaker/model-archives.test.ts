import { existsSync } from "node:fs";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { CreateEndpointCommand, DeleteEndpointCommand, DescribeEndpointCommand } from "@aws-sdk/client-sagemaker";
import { describe, expect, it } from "vitest";
import { makeArchive } from "../../support/archive.ts";
import { image, sagemakerUnderTest } from "./support/sagemaker-under-test.ts";

const under = sagemakerUnderTest();
const escaped = `/tmp/clary-escaped-${process.pid}`;

/** Why an endpoint of that artifact did not come into service. */
async function failureReason(name: string, artifact: Uint8Array): Promise<string | undefined> {
  const { s3, sagemaker } = under.clients;
  const Key = `${name}/model.tar.gz`;
  await s3.send(new PutObjectCommand({ Bucket: under.bucket, Key, Body: artifact }));
  await under.createModel(name, { PrimaryContainer: { Image: image, ModelDataUrl: `s3://${under.bucket}/${Key}` } });
  await under.createConfig(name, name);
  await sagemaker.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }));
  const describe = () => sagemaker.send(new DescribeEndpointCommand({ EndpointName: name }));
  await expect.poll(async () => (await describe()).EndpointStatus, { timeout: 30_000 }).toBe("Failed");
  const { FailureReason } = await describe();
  await sagemaker.send(new DeleteEndpointCommand({ EndpointName: name }));
  return FailureReason;
}

describe("an artifact that is no model", () => {
  it.each<readonly [string, () => Uint8Array | Promise<Uint8Array>, RegExp]>([
    ["text", () => Buffer.from("no archive"), /model\.tar\.gz/],
    ["cut", async () => (await makeArchive({ "xgboost-model": "x".repeat(5000) })).subarray(0, 40), /model\.tar\.gz/],
    ["empty", () => Buffer.alloc(0), /model\.tar\.gz/],
    ["climbing", () => makeArchive({ [`..${"/..".repeat(12)}${escaped}`]: "out" }), /\.\.\//],
    ["climbing-inside", () => makeArchive({ [`models/..${"/..".repeat(12)}${escaped}`]: "out" }), /\.\.\//],
    ["without-a-model", () => makeArchive({ "readme.txt": "nothing" }), /model/],
    ["pickle-that-runs", () => makeArchive({ "xgboost-model": `cos\nsystem\n(S'touch ${escaped}'\ntR.` }), /model/],
  ])("fails its endpoint and nothing else: %s", async (name, artifact, reason) => {
    expect(await failureReason(name, await artifact())).toMatch(reason);
    expect(existsSync(escaped)).toBe(false);
  });
});
