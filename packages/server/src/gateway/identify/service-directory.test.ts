import { describe, expect, it } from "vitest";
import { indexOf } from "../testing/service-index.ts";
import { serviceDirectory } from "./service-directory.ts";

const directory = serviceDirectory(
  indexOf(
    { id: "sagemaker", protocols: ["awsJson1_1"], targetPrefix: "SageMaker", signingName: "sagemaker" },
    { id: "sagemaker-runtime", protocols: ["restJson1"], signingName: "sagemaker" },
    { id: "cloudwatch", protocols: ["rpcv2Cbor", "awsQuery"], signingName: "monitoring", apiVersion: "2010-08-01" },
    { id: "iam", apiVersion: "2010-05-08", operations: ["GetRole"] },
    { id: "twin", apiVersion: "2010-05-08", operations: ["GetTwin"] },
  ),
);

describe("serviceDirectory", () => {
  it("takes the service that needs no target, whatever the order", () => {
    expect(directory.byScope("sagemaker")?.id).toBe("sagemaker-runtime");
    expect(serviceDirectory([...directory.all].reverse()).byScope("sagemaker")?.id).toBe("sagemaker-runtime");
    expect(directory.byTarget("SageMaker")?.id).toBe("sagemaker");
  });

  it.each([
    ["GetTwin", "2010-05-08", "twin"],
    ["Nonsense", "2010-05-08", "iam"],
    ["PutMetricData", "2010-08-01", "cloudwatch"],
    ["GetRole", "1999-01-01", undefined],
  ])("%s of version %s", (action, version, id) => {
    expect(directory.byAction(action, version)?.id).toBe(id);
  });
});
