import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateModelCommand, DeleteModelCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { AwsError, signRequest } from "@clary/wire";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import {
  accessKeyId,
  account,
  rootCredential,
  secretAccessKey,
  startTestGateway,
  type TestGateway,
} from "./testing/test-gateway.ts";

let gateway: TestGateway;
const rootArn = `arn:aws:iam::${account}:root`;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

afterEach(() => {
  gateway.deny = undefined;
});

function config(
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } = {
    accessKeyId,
    secretAccessKey,
  },
) {
  return { endpoint: gateway.origin, region: "eu-west-1", credentials, maxAttempts: 1 };
}

function s3(): S3Client {
  return new S3Client({ ...config(), forcePathStyle: true });
}

describe("requests of AWS's clients", () => {
  it("reach operations with caller and region, in query, JSON and REST", async () => {
    const identity = await new STSClient(config()).send(new GetCallerIdentityCommand({}));
    const model = await new SageMakerClient(config()).send(
      new CreateModelCommand({ ModelName: "m", ExecutionRoleArn: `arn:aws:iam::${account}:role/r` }),
    );
    const prediction = await new SageMakerRuntimeClient(config()).send(
      new InvokeEndpointCommand({ EndpointName: "e", Body: "1,2,3", ContentType: "text/csv" }),
    );

    expect(identity).toMatchObject({ Account: account, Arn: rootArn });
    expect(identity.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(model.ModelArn).toBe(`arn:aws:sagemaker:eu-west-1:${account}:model/m`);
    expect(prediction.Body.transformToString()).toBe("1,2,3");
    expect(prediction.InvokedProductionVariant).toBe("AllTraffic");
  });

  it.each([5, 100_000])("carry S3 objects of %i bytes there and back", async (size) => {
    const body = randomBytes(size);
    const stored = await s3().send(new PutObjectCommand({ Bucket: "b", Key: "dir/a b+ü", Body: body }));
    const read = await s3().send(new GetObjectCommand({ Bucket: "b", Key: "dir/a b+ü" }));

    expect(stored.ETag).toBe(`"${size}-${size}"`);
    expect(Buffer.from((await read.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
    expect(read.$metadata.extendedRequestId).toBeTruthy();
  });

  it("carry S3 streams whose checksum trails", async () => {
    const body = Readable.from([Buffer.alloc(70_000, 1), Buffer.alloc(70_000, 2)]);
    const put = new PutObjectCommand({ Bucket: "b", Key: "k", Body: body, ContentLength: 140_000 });

    const stored = await s3().send(put);

    expect(stored.ETag).toBe('"140000-140000"');
    expect(stored.ChecksumCRC32).toMatch(/^[A-Za-z0-9+/]{6}==$/);
  });

  it("name the bucket in the host", async () => {
    const head = { method: "PUT", path: "/k", query: "", headers: { host: `virtual.localhost:${gateway.port}` } };
    const signer = { accessKeyId, secretAccessKey, region: "eu-west-1", service: "s3", now: gateway.clock.now() };
    const call = request({
      host: "127.0.0.1",
      port: gateway.port,
      method: head.method,
      path: head.path,
      headers: signRequest(head, Buffer.from("x"), signer),
    });

    call.end("x");
    const [answer] = (await once(call, "response")) as [IncomingMessage];

    expect(answer.statusCode).toBe(200);
    expect(gateway.decisions.at(-1)?.permissions).toEqual([
      { action: "s3:Object", resource: "arn:aws:s3:::virtual/k" },
    ]);
  });

  it("get a part of an object with 206", async () => {
    await s3().send(new PutObjectCommand({ Bucket: "b", Key: "k", Body: "xyz" }));

    const part = await s3().send(new GetObjectCommand({ Bucket: "b", Key: "k", Range: "bytes=0-0" }));

    expect(part.$metadata.httpStatusCode).toBe(206);
    expect(await part.Body?.transformToString()).toBe("x");
  });

  it("presign addresses that work until they expire", async () => {
    await s3().send(new PutObjectCommand({ Bucket: "b", Key: "k", Body: "presigned" }));
    const address = await getSignedUrl(s3(), new GetObjectCommand({ Bucket: "b", Key: "k" }), { expiresIn: 60 });

    expect(await (await fetch(address)).text()).toBe("presigned");
    const tampered = await fetch(address.replace("/b/k", "/b/other"));
    expect(tampered.status).toBe(403);
    expect(await tampered.text()).toContain("<Code>SignatureDoesNotMatch</Code>");
    gateway.clock.advance(120_000);
    const late = await fetch(address);
    expect(late.status).toBe(403);
    expect(await late.text()).toContain("<Code>AccessDenied</Code><Message>Request has expired</Message>");
  });
});

describe("refusals", () => {
  const wrongKey = { accessKeyId, secretAccessKey: "wrong" };

  it("put a bad signature before a bad parameter, and that before a denied action", async () => {
    gateway.deny = () => {
      throw new AwsError("AccessDenied", "no", { status: 403 });
    };
    const command = new CreateModelCommand({ ModelName: "not a name!", ExecutionRoleArn: "r".repeat(30) });

    await expect(new SageMakerClient(config(wrongKey)).send(command)).rejects.toMatchObject({
      name: "InvalidSignatureException",
    });
    await expect(new SageMakerClient(config()).send(command)).rejects.toMatchObject({ name: "ValidationException" });
    await expect(
      new SageMakerClient(config()).send(
        new CreateModelCommand({ ModelName: "name", ExecutionRoleArn: `arn:aws:iam::${account}:role/r` }),
      ),
    ).rejects.toMatchObject({ name: "AccessDeniedException", message: "no" });
  });

  it("are worded as each family words them", async () => {
    const unknown = { accessKeyId: "AKIAUNKNOWN", secretAccessKey };

    await expect(new STSClient(config(unknown)).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: "InvalidClientTokenId",
      message: "The security token included in the request is invalid.",
    });
    await expect(new STSClient(config(wrongKey)).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: "SignatureDoesNotMatch",
    });
    await expect(
      new S3Client({ ...config(unknown), forcePathStyle: true }).send(new GetObjectCommand({ Bucket: "b", Key: "k" })),
    ).rejects.toMatchObject({ name: "InvalidAccessKeyId" });
  });

  it("want temporary credentials whole and in time", async () => {
    const temporary = { accessKeyId: "ASIATEMPORARY", secretAccessKey, sessionToken: "token" };
    const expiration = new Date(gateway.clock.now().getTime() + 60_000);
    gateway.credentials.set("ASIATEMPORARY", { ...rootCredential, sessionToken: "token", expiration });
    const call = (credentials: typeof temporary) =>
      new STSClient(config(credentials)).send(new GetCallerIdentityCommand({}));

    expect((await call(temporary)).Arn).toBe(rootArn);
    await expect(call({ ...temporary, sessionToken: "other" })).rejects.toMatchObject({ name: "InvalidClientTokenId" });
    gateway.clock.advance(61_000);
    await expect(call(temporary)).rejects.toMatchObject({
      name: "ExpiredToken",
      message: "The security token included in the request is expired",
    });
  });

  it("name an operation that AWS has and we have not", async () => {
    await expect(new SageMakerClient(config()).send(new DeleteModelCommand({ ModelName: "m" }))).rejects.toMatchObject({
      name: "NotImplemented",
      message: "Clary does not implement DeleteModel of SageMaker.",
      $metadata: { httpStatusCode: 501 },
    });
  });

  it("show nothing of our own faults, and log them under the request's id", async () => {
    const call = new SageMakerRuntimeClient(config()).send(
      new InvokeEndpointCommand({ EndpointName: "broken", Body: "" }),
    );

    const error = await call.then(
      () => expect.unreachable(),
      (thrown: { name: string; message: string; $metadata: { requestId: string } }) => thrown,
    );

    expect(error).toMatchObject({
      name: "InternalFailure",
      message: "We encountered an internal error. Please try again.",
    });
    expect(gateway.serverLog.at(-1)).toContain("a fault of ours");
    expect(gateway.serverLog.at(-1)).toContain(error.$metadata.requestId);
  });
});

describe("everything that is not a client of AWS", () => {
  it.each([
    [
      "POST",
      "/",
      { "x-amz-target": "AmazonAthena.ListWorkGroups" },
      501,
      "does not implement the AWS service AmazonAthena",
    ],
    ["POST", "/", { "x-amz-target": "SageMaker.Nonsense" }, 403, "Missing Authentication Token"],
    ["GET", "/?Action=GetCallerIdentity&Version=2011-06-15", {}, 403, "MissingAuthenticationToken"],
    ["GET", "/b/k", { authorization: "Basic eDp5" }, 400, "Unsupported Authorization Type"],
    ["BREW", "/", {}, 400, ""],
    ["GET", `/${"x".repeat(5000)}`, {}, 414, "RequestURITooLong"],
    ["GET", "/metrics", {}, 200, "clary_requests_total"],
  ])("%s %s", async (...[method, path, headers, status, part]) => {
    const answer = await fetch(gateway.origin + path, { method, headers });

    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(part);
  });

  it("asks policies about anonymous requests to S3", async () => {
    gateway.deny = ({ caller }) => {
      expect(caller).toEqual({ type: "anonymous", account, arn: "", userId: "" });
      throw new AwsError("AccessDenied", "Access Denied", { status: 403 });
    };

    const answer = await fetch(`${gateway.origin}/b/k`);

    expect(answer.status).toBe(403);
    expect(answer.headers.get("server")).toBe("Clary");
    expect(answer.headers.get("x-amz-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers.get("x-amz-id-2")).toBeTruthy();
    expect(answer.headers.get("date")).toBeTruthy();
  });
});

describe("bodies that nobody wants", () => {
  const unsigned = { method: "PUT", path: "/b/k", headers: { authorization: "Basic eDp5" } };

  it("are not asked for", async () => {
    let asked = false;
    const call = request({ host: "127.0.0.1", port: gateway.port, ...unsigned, agent: false });
    call
      .setHeader("expect", "100-continue")
      .setHeader("content-length", "5")
      .on("continue", () => (asked = true));
    call.flushHeaders();
    const [answer] = (await once(call, "response")) as [IncomingMessage];

    expect(answer.statusCode).toBe(400);
    expect(answer.headers.connection).toBe("close");
    expect(asked).toBe(false);
  });

  it("do not keep the client from reading the answer", async () => {
    const call = request({ host: "127.0.0.1", port: gateway.port, ...unsigned, agent: false });
    call.on("error", () => undefined);
    call.write(Buffer.alloc(500_000));
    const [answer] = (await once(call, "response")) as [IncomingMessage];

    expect(await text(answer)).toContain("Unsupported Authorization Type");
    call.destroy();
  });

  it("are read to their end, so that a client which sends all before it reads gets its answer", async () => {
    const call = request({ host: "127.0.0.1", port: gateway.port, ...unsigned, agent: false });
    call.setHeader("content-length", String(30 * 1024 ** 2));
    const sent = new Promise<void>((resolve) => call.end(Buffer.alloc(30 * 1024 ** 2), resolve));
    const [[answer]] = (await Promise.all([once(call, "response"), sent])) as [[IncomingMessage], void];

    expect(await text(answer)).toContain("Unsupported Authorization Type");
  });

  it("may end early without harm", async () => {
    const head = { method: "PUT", path: "/b/cut", query: "", headers: { host: `127.0.0.1:${gateway.port}` } };
    const signer = { accessKeyId, secretAccessKey, region: "eu-west-1", service: "s3", now: gateway.clock.now() };
    const headers = { ...signRequest(head, { hash: "UNSIGNED-PAYLOAD" }, signer), "content-length": "1000000" };
    const call = request({
      host: "127.0.0.1",
      port: gateway.port,
      method: "PUT",
      path: "/b/cut",
      headers,
      agent: false,
    });
    call.on("error", () => undefined).write(Buffer.alloc(100_000));
    const lines = gateway.accessLog.length;
    await vi.waitUntil(() => gateway.decisions.at(-1)?.permissions[0]?.resource === "arn:aws:s3:::b/cut");

    call.destroy();

    await vi.waitUntil(() => gateway.accessLog.length > lines);
    expect(gateway.accessLog.at(-1)).toMatchObject({ operation: "PutObject", status: 499, error: "IncompleteBody" });
  });
});

it("writes one line per request, without what is nobody's business", async () => {
  await new STSClient(config()).send(new GetCallerIdentityCommand({}));

  const entry = gateway.accessLog.at(-1);
  expect(entry).toMatchObject({
    service: "sts",
    operation: "GetCallerIdentity",
    status: 200,
    error: undefined,
    caller: rootArn,
    requestBytes: 43,
  });
  expect(entry?.durationMs).toBeGreaterThan(0);
  expect(entry?.responseBytes).toBeGreaterThan(100);
});
