import { beforeAll, describe, expect, it } from "vitest";
import type { OperationModel } from "@clary/wire";
import { openServiceModels, type ServiceModels } from "../service-models.ts";
import { ec2Refusal, s3Refusal } from "./constraint-refusal.ts";

let models: ServiceModels;

beforeAll(async () => {
  models = await openServiceModels(new URL("../../../models", import.meta.url).pathname);
});

async function operation(service: string, name: string): Promise<OperationModel> {
  const found = (await models.load(service)).operations.get(name);
  if (found === undefined) {
    throw new Error(`no ${name}`);
  }
  return found;
}

describe("s3Refusal", () => {
  it.each([
    [{ Bucket: "b", Delete: { Objects: [{ Key: "k" }] } }, undefined],
    [{ Bucket: "b", Delete: { Objects: [{}] } }, "MalformedXML"],
    [{ Bucket: "b" }, "MissingRequestBodyError"],
  ])("%j", async (input, code) => {
    expect(s3Refusal(await operation("s3", "DeleteObjects"), input)?.code).toBe(code);
  });

  it("knows no operation that lacks the parameter it is told by", async () => {
    const refusal = s3Refusal(await operation("s3", "CompleteMultipartUpload"), { Bucket: "b", Key: "k" });

    expect(refusal).toMatchObject({
      code: "MethodNotAllowed",
      message: "The specified method is not allowed against this resource.",
      status: 405,
    });
  });

  it("leaves headers to the operation", async () => {
    const input = { Bucket: "b", Key: "k", StorageClass: "NONSENSE" };

    expect(s3Refusal(await operation("s3", "PutObject"), input)).toBeUndefined();
  });
});

describe("ec2Refusal", () => {
  it("names the parameter", async () => {
    expect(ec2Refusal(await operation("ec2", "CreateVolume"), { VolumeType: "x" })).toMatchObject({
      code: "InvalidParameterValue",
      message: "Value (x) for parameter VolumeType is invalid.",
    });
    expect(ec2Refusal(await operation("ec2", "AttachVolume"), { VolumeId: "v", Device: "d" })).toMatchObject({
      code: "MissingParameter",
      message: "The request must contain the parameter InstanceId",
    });
  });
});
