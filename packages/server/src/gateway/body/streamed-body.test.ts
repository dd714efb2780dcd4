import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { AwsError, sha256Hex, type RequestBody } from "@clary/wire";
import { describe, expect, it } from "vitest";
import { awsChunks, type AwsChunks } from "./aws-chunks.ts";
import { bodyLimits } from "./body-limits.ts";
import type { IncomingBody } from "./incoming-body.ts";
import { streamedBody, type BodyClaims } from "./streamed-body.ts";

const limits = bodyLimits();

function incoming(bytes: Buffer): IncomingBody {
  const stream = (): Readable => Readable.from([bytes], { objectMode: false });
  return { declaredLength: bytes.length, collect: async () => bytes, stream };
}

async function read(
  bytes: Buffer,
  claims: BodyClaims,
): Promise<{ readonly body: RequestBody; readonly bytes: Buffer }> {
  const body = await streamedBody(incoming(bytes), limits, claims).stream();
  return { body, bytes: body.content instanceof Readable ? await buffer(body.content) : Buffer.from(body.content) };
}

function unsignedChunks(length: number): AwsChunks | undefined {
  const headers = { "x-amz-decoded-content-length": String(length), "x-amz-trailer": "X-Amz-Checksum-CRC32" };
  return awsChunks("STREAMING-UNSIGNED-PAYLOAD-TRAILER", headers, undefined);
}

function framed(content: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`${content.length.toString(16)}\r\n`),
    content,
    Buffer.from("\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"),
  ]);
}

describe.each([
  ["small", Buffer.alloc(100, 1)],
  ["large", Buffer.alloc(200_000, 1)],
])("a %s body", (_, content) => {
  it("passes when it is what was signed", async () => {
    const { bytes } = await read(content, { sha256: sha256Hex(content) });

    expect(bytes.equals(content)).toBe(true);
  });

  it("fails at its end when it is not", async () => {
    const claims = { sha256: sha256Hex("other") };

    await expect(read(content, claims)).rejects.toMatchObject({
      code: "XAmzContentSHA256Mismatch",
      message: "The provided 'x-amz-content-sha256' header does not match what was computed.",
      members: { ClientComputedContentSHA256: sha256Hex("other"), S3ComputedContentSHA256: sha256Hex(content) },
    });
  });

  it("loses its framing, and its trailers reach the reader", async () => {
    const chunks = unsignedChunks(content.length);
    const { body, bytes } = await read(framed(content), chunks === undefined ? {} : { chunks });

    expect(bytes.equals(content)).toBe(true);
    expect(body.facts.trailerNames).toEqual(["x-amz-checksum-crc32"]);
    expect(body.facts.trailers()).toEqual({ "x-amz-checksum-crc32": "AAAAAA==" });
    expect(chunks?.decodedLength).toBe(content.length);
  });
});

it("leaves the connection alone when the reader gives up", async () => {
  const source = new PassThrough();
  const request: IncomingBody = { declaredLength: 1e6, collect: () => expect.fail("too large"), stream: () => source };
  const { content } = await streamedBody(request, limits, {}).stream();
  source.write("some of it");

  expect(content).toBeInstanceOf(Readable);
  (content as Readable).on("error", () => undefined).destroy(new AwsError("NoSuchBucket", ""));
  await new Promise((resolve) => setImmediate(resolve));

  expect(source.destroyed).toBe(false);
});

it("knows no framing that is signed by nobody", () => {
  expect(awsChunks("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", {}, undefined)).toBeUndefined();
  expect(awsChunks("NONSENSE", {}, undefined)).toBeUndefined();
});
