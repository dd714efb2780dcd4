import { createHmac } from "node:crypto";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { describe, expect, it } from "vitest";
import { s3UnderTest } from "./support/s3-under-test.ts";

const s3 = s3UnderTest();

/** The older form, which boto3 makes by default: HMAC-SHA1 over method, expiry and resource. */
function olderUrl(method: string, key: string, expires: number): string {
  const { endpoint, accessKeyId, secretAccessKey } = s3.address;
  const resource = `/${s3.bucket}/${key}`;
  const signature = createHmac("sha1", secretAccessKey)
    .update(`${method}\n\n\n${expires}\n${resource}`)
    .digest("base64");
  const query = new URLSearchParams({ AWSAccessKeyId: accessKeyId, Signature: signature, Expires: String(expires) });
  return `${endpoint}${resource}?${query}`;
}

const inAMinute = (): number => Math.floor(Date.now() / 1000) + 60;

describe("presigned URLs", () => {
  it("put and get an object without further credentials", async () => {
    const target = { Bucket: s3.bucket, Key: "signed & +.txt" };
    const putUrl = await getSignedUrl(s3.client, new PutObjectCommand({ ...target, ContentType: "text/plain" }));
    const put = await fetch(putUrl, { method: "PUT", body: "hello", headers: { "content-type": "text/plain" } });
    expect([put.status, await put.text()]).toEqual([200, ""]);
    const get = new GetObjectCommand({ ...target, ResponseContentDisposition: "attachment" });
    const got = await fetch(await getSignedUrl(s3.client, get, { expiresIn: 60 }));
    expect(await got.text()).toBe("hello");
    expect([got.status, got.headers.get("content-disposition"), got.headers.get("content-type")]).toEqual([
      200,
      "attachment",
      "text/plain",
    ]);
  });

  it("end with their time, and with any change", async () => {
    const command = new GetObjectCommand({ Bucket: s3.bucket, Key: "k" });
    const signingDate = new Date(Date.now() - 120_000);
    const expired = await fetch(await getSignedUrl(s3.client, command, { expiresIn: 60, signingDate }));
    expect(expired.status).toBe(403);
    expect(await expired.text()).toMatch(/<Code>AccessDenied<\/Code><Message>Request has expired<\/Message>/);
    const changed = await fetch((await getSignedUrl(s3.client, command)).replace("/k?", "/other?"));
    expect(changed.status).toBe(403);
    expect(await changed.text()).toContain("<Code>SignatureDoesNotMatch</Code>");
  });

  it("work in the older form", async () => {
    await s3.client.send(new PutObjectCommand({ Bucket: s3.bucket, Key: "old.txt", Body: "old" }));
    expect(await (await fetch(olderUrl("GET", "old.txt", inAMinute()))).text()).toBe("old");
    const expired = await fetch(olderUrl("GET", "old.txt", inAMinute() - 120));
    expect(expired.status).toBe(403);
    expect(await expired.text()).toMatch(/<Code>AccessDenied<\/Code><Message>Request has expired<\/Message>/);
    const forged = await fetch(olderUrl("PUT", "old.txt", inAMinute()));
    expect(forged.status).toBe(403);
    expect(await forged.text()).toContain("<Code>SignatureDoesNotMatch</Code>");
  });
});
