import { AddTagsCommand, DeleteTagsCommand, ListTagsCommand } from "@aws-sdk/client-sagemaker";
import { describe, expect, it } from "vitest";
import { failureOf, sagemakerUnderTest } from "./support/sagemaker-under-test.ts";

const under = sagemakerUnderTest();

describe("tags", () => {
  it("come with a resource, are changed, and go with it", async () => {
    const { sagemaker, arn } = under.clients;
    await under.createModel("Model", { Tags: [{ Key: "a", Value: "1" }] });
    const ResourceArn = `${arn}:model/model`;
    await sagemaker.send(new AddTagsCommand({ ResourceArn, Tags: [{ Key: "b", Value: "2" }] }));
    await sagemaker.send(new DeleteTagsCommand({ ResourceArn, TagKeys: ["a"] }));
    expect((await sagemaker.send(new ListTagsCommand({ ResourceArn }))).Tags).toEqual([{ Key: "b", Value: "2" }]);
    expect(await failureOf(sagemaker.send(new ListTagsCommand({ ResourceArn: `${arn}:model/none` })))).toMatchObject({
      code: "ValidationException",
      message: `Could not find resource "${arn}:model/none".`,
    });
  });
});
