import { beforeAll, describe, expect, it } from "vitest";
import { constraintViolations, type OperationModel } from "@clary/wire";
import { openServiceModels, type ServiceModels } from "../service-models.ts";
import { ec2Refusal } from "./constraint-refusal.ts";

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

describe("ec2Refusal", () => {
  it("names the parameter", async () => {
    expect(ec2Refusal(constraintViolations(await operation("ec2", "CreateVolume"), { VolumeType: "x" }))).toMatchObject(
      {
        code: "InvalidParameterValue",
        message: "Value (x) for parameter VolumeType is invalid.",
      },
    );
    expect(
      ec2Refusal(constraintViolations(await operation("ec2", "AttachVolume"), { VolumeId: "v", Device: "d" })),
    ).toMatchObject({
      code: "MissingParameter",
      message: "The request must contain the parameter InstanceId",
    });
  });
});
