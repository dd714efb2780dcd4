import { CreateMultipartUploadCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exchange, requestBytes, type Answer } from "./support/exchange.ts";
import { bucket, endpointName, startFuzzedServer, type FuzzedServer } from "./support/fuzzed-server.ts";
import type { RecordedRequest } from "./support/recorded-request.ts";
import { signedHeaders } from "./support/sign-request.ts";

const depth = 100_000;
const nestedJson = '{"a":'.repeat(depth) + "1" + "}".repeat(depth);
const nestedXml = "<a>".repeat(depth) + "</a>".repeat(depth);

describe("requests that mean harm", () => {
  let fuzzed: FuzzedServer;
  beforeAll(async () => {
    fuzzed = await startFuzzedServer();
  });
  afterAll(() => fuzzed.server.stop());

  /** Signs and sends a request. */
  function call(request: Partial<RecordedRequest> & Pick<RecordedRequest, "service">): Promise<Answer> {
    const plain = { name: "", method: "POST", path: "/", query: "", headers: {}, body: Buffer.alloc(0), ...request };
    const headers = signedHeaders(plain, fuzzed.server, new Date());
    return exchange(fuzzed.server.port, requestBytes(plain, headers));
  }

  function json(target: string, document: string): Promise<Answer> {
    const headers = { "x-amz-target": target, "content-type": "application/x-amz-json-1.1" };
    return call({ service: target.startsWith("Logs") ? "logs" : "sagemaker", headers, body: Buffer.from(document) });
  }

  function form(service: string, text: string): Promise<Answer> {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return call({ service, headers, body: Buffer.from(text) });
  }

  function raw(text: string): Promise<Answer> {
    return exchange(fuzzed.server.port, { bytes: Buffer.from(text, "latin1"), isWhole: true });
  }

  it.each<[string, () => Promise<Answer>, number, RegExp]>([
    ["deep JSON", () => json("SageMaker.ListModels", nestedJson), 400, /SerializationException/],
    ["deep JSON in lists", () => json("SageMaker.ListModels", "[".repeat(depth)), 400, /SerializationException/],
    ["a huge number", () => json("SageMaker.ListModels", `{"MaxResults":${"9".repeat(depth)}}`), 400, /Exception/],
    ["bytes that are no UTF-8", () => json("SageMaker.ListModels", '{"NameContains":"\xff"}'), 400, /Exception/],
    ["a wrong target", () => json("SageMaker.__proto__", "{}"), 400, /UnknownOperationException/],
    ["a deep policy", () => form("iam", policyForm(nestedJson)), 400, /Malformed|ValidationError|LimitExceeded/],
    ["a form of many members", () => form("iam", memberForm(100_000)), 400, /Error/],
    [
      "deep XML",
      () => call({ service: "s3", path: `/${bucket}`, query: "delete", body: Buffer.from(nestedXml) }),
      400,
      /MalformedXML|InvalidRequest/,
    ],
    [
      "an entity",
      () => call({ service: "s3", path: `/${bucket}`, query: "tagging", method: "PUT", body: Buffer.from(entities) }),
      400,
      /MalformedXML/,
    ],
    [
      "a payload over the limit",
      () =>
        call({
          service: "sagemaker",
          path: `/endpoints/${endpointName}/invocations`,
          body: Buffer.alloc(26 * 2 ** 20, "1"),
        }),
      413,
      /./,
    ],
    ["headers of 40 KiB", () => raw(`GET / HTTP/1.1\r\nhost: a\r\nx: ${"y".repeat(40_000)}\r\n\r\n`), 431, /./],
    ["many headers", () => raw(`GET / HTTP/1.1\r\nhost: a\r\n${"x: y\r\n".repeat(50_000)}\r\n`), 431, /./],
    [
      "two lengths",
      () => raw("PUT /a/b HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabcd"),
      400,
      /./,
    ],
    [
      "a length and chunks",
      () => raw("PUT /a/b HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"),
      400,
      /./,
    ],
    [
      "a chunk of no size",
      () =>
        raw(
          "POST / HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-www-form-urlencoded\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        ),
      400,
      /./,
    ],
    ["no HTTP", () => raw("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"), 400, /./],
    ["a line without end", () => raw(`GET /${"a".repeat(100_000)}`), 431, /./],
    [
      "a tunnel without a token",
      () => raw("CONNECT example.com:443 HTTP/1.1\r\nhost: example.com:443\r\n\r\n"),
      407,
      /./,
    ],
  ])("%s", async (_name, send, status, text) => {
    const answer = await send();
    expect(answer.text).toMatch(text);
    expect(answer.status).toBe(status);
  });

  it("a completion of 20,000 parts", async () => {
    const Key = "many-parts";
    const { UploadId = "" } = await fuzzed.clients.s3.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key }));
    const parts = Array.from(
      { length: 20_000 },
      (_, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>"x"</ETag></Part>`,
    );
    const body = Buffer.from(`<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`);
    const answer = await call({
      service: "s3",
      path: `/${bucket}/${Key}`,
      query: `uploadId=${encodeURIComponent(UploadId)}`,
      body,
    });
    expect([answer.status, answer.text]).toEqual([
      400,
      expect.stringMatching(/InvalidPart|MalformedXML|InvalidArgument/),
    ]);
  });

  it("leaves nothing of a body that was cut short", async () => {
    for (const declared of [20, 40_000, 5_000_000]) {
      const Key = `cut/${declared}`;
      const plain = {
        name: "",
        service: "s3",
        method: "PUT",
        path: `/${bucket}/${Key}`,
        query: "",
        body: Buffer.alloc(0),
      };
      const claims = { "content-length": String(declared), "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
      const headers = signedHeaders({ ...plain, headers: claims }, fuzzed.server, new Date());
      const { bytes } = requestBytes({ ...plain, headers: {}, body: Buffer.alloc(declared / 2, "x") }, headers);
      await exchange(fuzzed.server.port, { bytes, isWhole: false });
      await expect(fuzzed.clients.s3.send(new HeadObjectCommand({ Bucket: bucket, Key }))).rejects.toThrow(
        expect.objectContaining({ name: "NotFound" }),
      );
    }
  });

  it("leaves the server as it was", async () => {
    expect(await fuzzed.harm(300)).toEqual([]);
  });
});

const entities = `<!DOCTYPE a [<!ENTITY b "${"c".repeat(1_000)}">]><Tagging><TagSet><Tag><Key>&b;</Key><Value>v</Value></Tag></TagSet></Tagging>`;

function policyForm(document: string): string {
  const name = "Action=CreateRole&Version=2010-05-08&RoleName=deep";
  return `${name}&AssumeRolePolicyDocument=${encodeURIComponent(document)}`;
}

function memberForm(count: number): string {
  const members = Array.from({ length: count }, (_, index) => `Tags.member.${index}.Key=k`);
  return `Action=CreateUser&Version=2010-05-08&UserName=u&${members.join("&")}`;
}
