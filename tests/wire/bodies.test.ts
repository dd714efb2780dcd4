import { Readable } from "node:stream";
import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { GetObjectCommand, PutObjectCommand, S3Client, UploadPartCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type EchoServer, startEchoServer, type Understood } from "./testing/echo-server.ts";
import { credentials } from "./testing/make-client.ts";
import { loadModel } from "./testing/models.ts";

/** What the clients do to bodies and addresses when they are left to their own defaults. */
describe("bodies and addresses as clients make them", () => {
  let server: EchoServer;
  let understood: Understood | undefined;
  let failure: unknown;

  beforeAll(async () => {
    server = await startEchoServer({
      models: ["s3", "cloudwatch"].map(loadModel),
      secretAccessKey: credentials.secretAccessKey,
      answer: async (request) => {
        understood = request;
        return {};
      },
      failed: (error) => {
        failure = error;
      },
    });
  });

  beforeEach(() => {
    understood = undefined;
    failure = undefined;
  });

  afterAll(() => server.close());

  const settings = (): { endpoint: string; region: string; credentials: typeof credentials; maxAttempts: number } => ({
    endpoint: `http://127.0.0.1:${server.port}`,
    region: "us-east-1",
    credentials,
    maxAttempts: 1,
  });

  it("a streamed upload comes in unsigned chunks with a checksum in its trailer", async () => {
    const content = Buffer.alloc(300_000, "abc");
    const client = new S3Client({ ...settings(), forcePathStyle: true });
    const Body = Readable.from([content.subarray(0, 70_000), content.subarray(70_000)]);
    await client.send(new PutObjectCommand({ Bucket: "b", Key: "k", Body, ContentLength: content.length }));
    expect(failure).toBeUndefined();
    expect(understood).toMatchObject({
      signatureHolds: true,
      trailers: { "x-amz-checksum-crc32": expect.any(String) },
    });
    expect(content.equals(understood?.input["Body"] as Buffer)).toBe(true);
  });

  it("a part in memory is signed as a whole", async () => {
    const client = new S3Client({ ...settings(), forcePathStyle: true });
    const part = { Bucket: "b", Key: "k", UploadId: "u", PartNumber: 1, Body: "part" };
    await client.send(new UploadPartCommand(part));
    expect(understood?.operation.name).toBe("UploadPart");
    expect(understood).toMatchObject({ signatureHolds: true, input: { ChecksumCRC32: expect.any(String) } });
  });

  it("large metrics are compressed", async () => {
    const MetricData = Array.from({ length: 500 }, (_, i) => ({ MetricName: `metric-${i}`, Value: i }));
    await new CloudWatchClient(settings()).send(new PutMetricDataCommand({ Namespace: "n", MetricData }));
    expect(failure).toBeUndefined();
    expect(understood?.headers["content-encoding"]).toBe("gzip");
    expect(understood).toMatchObject({ signatureHolds: true, input: { Namespace: "n", MetricData } });
  });

  it.each([
    ["GET", new GetObjectCommand({ Bucket: "b", Key: "a b/ü+%.txt", VersionId: "v&=" })],
    ["PUT", new PutObjectCommand({ Bucket: "b", Key: "a b/ü+%.txt" })],
  ])("a presigned %s holds, and not for another", async (method, command) => {
    const client = new S3Client({ ...settings(), forcePathStyle: true });
    const url = await getSignedUrl(client, command as GetObjectCommand, { expiresIn: 60 });
    const body = method === "PUT" ? { body: "content" } : {};
    await fetch(url, { method, ...body });
    expect(understood).toMatchObject({ signatureHolds: true, input: { Bucket: "b", Key: "a b/ü+%.txt" } });
    await fetch(url.replace("X-Amz-Expires=60", "X-Amz-Expires=61"), { method, ...body });
    expect(understood?.signatureHolds).toBe(false);
  });
});
