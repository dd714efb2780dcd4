import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { failureOf, s3UnderTest } from "./support/s3-under-test.ts";

const s3 = s3UnderTest();

const policyOf = (statement: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", ...statement }] });

const putPolicy = (Policy: string): Promise<object> =>
  s3.client.send(new PutBucketPolicyCommand({ Bucket: s3.bucket, Policy }));

describe("bucket policies", () => {
  it("let strangers read what they name, and nothing else", async () => {
    for (const Key of ["public/a", "private/a"]) {
      await s3.client.send(new PutObjectCommand({ Bucket: s3.bucket, Key, Body: Key }));
    }
    const read = (key: string): Promise<Response> => fetch(`${s3.address.endpoint}/${s3.bucket}/${key}`);
    expect((await read("public/a")).status).toBe(403);

    const Policy = policyOf({ Action: "s3:GetObject", Resource: `arn:aws:s3:::${s3.bucket}/public/*` });
    await putPolicy(Policy);
    expect((await s3.client.send(new GetBucketPolicyCommand({ Bucket: s3.bucket }))).Policy).toBe(Policy);
    const status = await s3.client.send(new GetBucketPolicyStatusCommand({ Bucket: s3.bucket }));
    expect(status.PolicyStatus?.IsPublic).toBe(true);
    expect(await (await read("public/a")).text()).toBe("public/a");
    const denied = await read("private/a");
    expect(denied.status).toBe(403);
    expect(await denied.text()).toContain("<Code>AccessDenied</Code>");

    await s3.client.send(new DeleteBucketPolicyCommand({ Bucket: s3.bucket }));
    expect((await read("public/a")).status).toBe(403);
    expect(await failureOf(s3.client.send(new GetBucketPolicyCommand({ Bucket: s3.bucket })))).toMatchObject({
      code: "NoSuchBucketPolicy",
      status: 404,
      message: "The bucket policy does not exist",
    });
  });

  it("are refused when malformed", async () => {
    expect(await failureOf(putPolicy("[]"))).toMatchObject({
      code: "MalformedPolicy",
      status: 400,
      message: "Policies must be valid JSON and the first byte must be '{'",
    });
    const foreign = policyOf({ Action: "s3:GetObject", Resource: "arn:aws:s3:::other/*" });
    expect(await failureOf(putPolicy(foreign))).toMatchObject({ message: "Policy has invalid resource" });
  });
});
