import { describe, expect, it } from "vitest";
import { manifestImages } from "./manifest-images.ts";

describe("manifestImages", () => {
  const images = manifestImages();

  it.each([
    ["811284229777.dkr.ecr.us-east-1.amazonaws.com/xgboost:1", "0.72"],
    ["433757028032.dkr.ecr.us-west-2.amazonaws.com/xgboost:latest", "0.72"],
    ["433757028032.dkr.ecr.us-west-2.amazonaws.com/xgboost", "0.72"],
    ["683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:0.90-2-cpu-py3", "0.90-2"],
    ["localhost:5000/sagemaker-xgboost:1.7-1", "1.7-1"],
  ])("resolves %s, whatever its account and region", (uri, version) => {
    expect(images.resolve(uri)).toMatchObject({ uri, algorithm: "xgboost", version });
  });

  it.each([
    "811284229777.dkr.ecr.us-east-1.amazonaws.com/xgboost:9",
    "811284229777.dkr.ecr.us-east-1.amazonaws.com/mine/xgboost:1",
    "811284229777.dkr.ecr.us-east-1.amazonaws.com/constructor:prototype",
    "",
  ])("knows nothing of %j", (uri) => {
    expect(images.resolve(uri)).toBeUndefined();
  });

  it("lists what there is", () => {
    expect(images.list()).toContain("sagemaker-xgboost:1.2-1");
  });
});
