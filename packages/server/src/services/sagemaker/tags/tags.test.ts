import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endpointFixture, image, modelData, roleArn, type EndpointFixture } from "../testing/endpoint-fixture.ts";

const ResourceArn = "arn:aws:sagemaker:us-east-1:123456789012:model/model";
let fixture: EndpointFixture;

beforeEach(async () => {
  fixture = await endpointFixture();
  await fixture.call("CreateModel", {
    ModelName: "Model",
    ExecutionRoleArn: roleArn,
    PrimaryContainer: { Image: image, ModelDataUrl: modelData },
  });
});
afterEach(() => fixture.close());

describe("tags", () => {
  it("are added, replaced, listed and deleted", async () => {
    expect(await fixture.call("ListTags", { ResourceArn })).toEqual({ Tags: [] });
    await fixture.call("AddTags", {
      ResourceArn,
      Tags: [
        { Key: "a", Value: "1" },
        { Key: "b", Value: "2" },
      ],
    });
    const Tags = [
      { Key: "a", Value: "3" },
      { Key: "b", Value: "2" },
      { Key: "A", Value: "4" },
    ];
    expect(
      await fixture.call("AddTags", {
        ResourceArn,
        Tags: [
          { Key: "a", Value: "3" },
          { Key: "A", Value: "4" },
        ],
      }),
    ).toEqual({ Tags });
    await fixture.call("DeleteTags", { ResourceArn, TagKeys: ["b", "none"] });
    expect(await fixture.call("ListTags", { ResourceArn })).toEqual({ Tags: [Tags[0], Tags[2]] });
  });

  it("are lost by nobody when several are added at once", async () => {
    const keys = Array.from({ length: 8 }, (_, index) => `key-${index}`);
    await Promise.all(keys.map((Key) => fixture.call("AddTags", { ResourceArn, Tags: [{ Key, Value: "" }] })));
    const { Tags: tags } = await fixture.call("ListTags", { ResourceArn });
    expect((tags as { Key: string }[]).map((tag) => tag.Key).toSorted()).toEqual(keys);
  });

  it("are refused past 50, twice, or in AWS's name", async () => {
    const Tags = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: "" }));
    await fixture.call("AddTags", { ResourceArn, Tags });
    await expect(
      fixture.call("AddTags", { ResourceArn, Tags: [{ Key: "one more", Value: "" }] }),
    ).rejects.toMatchObject({
      code: "ResourceLimitExceeded",
      message: `The resource "${ResourceArn}" cannot have more than 50 tags.`,
    });
    const twice = [
      { Key: "k", Value: "" },
      { Key: "k", Value: "" },
    ];
    await expect(fixture.call("AddTags", { ResourceArn, Tags: twice })).rejects.toMatchObject({
      code: "ValidationException",
      message: 'Duplicate tag key "k" found in the request. Tag keys must be unique.',
    });
    await expect(fixture.call("AddTags", { ResourceArn, Tags: [{ Key: "AWS:x", Value: "" }] })).rejects.toMatchObject({
      message: 'System tags cannot be added/updated by requester: tag key "AWS:x".',
    });
  });
});
