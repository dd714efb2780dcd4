import { createHash, createHmac } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSignature } from "../sigv4/read-signature.ts";
import type { Signature, SignedRequest } from "../sigv4/signature.ts";
import { EMPTY_SHA256, sha256Hex } from "../sigv4/signature-text.ts";
import { signingKey } from "../sigv4/signing-key.ts";
import { verifySignature } from "../sigv4/verify-signature.ts";
import { AwsChunkedDecoder, type AwsChunkedOptions } from "./aws-chunked-decoder.ts";
import { ChunkVerifier } from "./chunk-verifier.ts";

const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

interface Decoded {
  readonly body: Buffer;
  readonly trailers: Readonly<Record<string, string>>;
}

async function decode(pieces: readonly Uint8Array[], options: AwsChunkedOptions): Promise<Decoded> {
  const decoder = new AwsChunkedDecoder(options);
  const body = await buffer(Readable.from(pieces).pipe(decoder));
  return { body, trailers: decoder.trailers };
}

/** Cut into pieces that end in the middle of everything. */
function cut(bytes: Buffer, size: number): readonly Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

/** The example of the S3 documentation, "Transferring payload in multiple chunks (chunked upload)". */
const documented: SignedRequest = {
  method: "PUT",
  path: "/examplebucket/chunkObject.txt",
  query: "",
  headers: {
    host: "s3.amazonaws.com",
    "content-encoding": "aws-chunked",
    "content-length": "66824",
    "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
    "x-amz-date": "20130524T000000Z",
    "x-amz-decoded-content-length": "66560",
    "x-amz-storage-class": "REDUCED_REDUNDANCY",
    authorization:
      "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request," +
      "SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class," +
      "Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
  },
};

const documentedChunks = [
  ["a".repeat(65_536), "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"],
  ["a".repeat(1024), "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"],
  ["", "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"],
] as const;

function frame(chunks: readonly (readonly [data: string, signature: string])[], trailer = ""): Buffer {
  const framed = chunks.map(([data, signature]) => {
    const head = `${data.length.toString(16)};chunk-signature=${signature}\r\n`;
    return data === "" ? head : `${head}${data}\r\n`;
  });
  return Buffer.from(`${framed.join("")}${trailer}\r\n`, "latin1");
}

function signatureOf(request: SignedRequest): Signature {
  const signature = readSignature(request);
  if (signature === undefined) {
    throw new Error("the request has no signature");
  }
  return signature;
}

describe("signed chunks", () => {
  const body = frame(documentedChunks);
  const options = (): AwsChunkedOptions => ({
    verifier: new ChunkVerifier(signatureOf(documented), SECRET),
    trailer: false,
    decodedLength: 66_560,
  });

  it.each([1021, 100_000])("decodes AWS's documented example in pieces of %i bytes", async (size) => {
    expect(verifySignature(signatureOf(documented), SECRET, documented, "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")).toBe(
      true,
    );
    expect(body.length).toBe(66_824);
    const decoded = await decode(cut(body, size), options());
    expect(sha256Hex(decoded.body)).toBe(sha256Hex("a".repeat(66_560)));
  });

  it.each([
    ["a byte of the first chunk", 100],
    ["a byte of the last chunk's signature", body.length - 10],
  ])("refuses %s that is another", async (_, at) => {
    const changed = Buffer.from(body);
    changed[at] = changed[at] === 0x62 ? 0x63 : 0x62;
    await expect(decode([changed], options())).rejects.toMatchObject({
      code: "SignatureDoesNotMatch",
      status: 403,
      message:
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    });
  });

  it("refuses a body that ends early", async () => {
    for (const length of [0, 50, 65_700, body.length - 90]) {
      await expect(decode([body.subarray(0, length)], options())).rejects.toMatchObject({
        code: "IncompleteBody",
        message: "The request body terminated unexpectedly",
      });
    }
  });

  it("refuses chunks without signatures", async () => {
    await expect(decode([Buffer.from("1\r\na\r\n0\r\n\r\n")], options())).rejects.toMatchObject({
      code: "InvalidRequest",
    });
  });
});

describe("signed chunks with a signed trailer", () => {
  // The documentation's example for trailing headers gives these signatures for the same bytes.
  const seed: Signature = {
    ...signatureOf(documented),
    signature: "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e",
  };
  const chunks = [
    ["a".repeat(65_536), "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2"],
    ["a".repeat(1024), "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7"],
    ["", "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992"],
  ] as const;
  const checksum = "x-amz-checksum-crc32c:sOO8/Q==\r\n";
  const signature = "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435";
  const options = (): AwsChunkedOptions => ({ verifier: new ChunkVerifier(seed, SECRET), trailer: true });

  it("decodes AWS's documented example", async () => {
    const body = frame(chunks, `${checksum}x-amz-trailer-signature:${signature}\r\n`);
    const decoded = await decode(cut(body, 4099), options());
    expect(decoded.body.length).toBe(66_560);
    expect(decoded.trailers).toEqual({ "x-amz-checksum-crc32c": "sOO8/Q==" });
  });

  it.each([
    ["another value", `x-amz-checksum-crc32c:sOO8/A==\r\nx-amz-trailer-signature:${signature}\r\n`],
    ["another signature", `${checksum}x-amz-trailer-signature:${"0".repeat(64)}\r\n`],
    ["no signature", checksum],
  ])("refuses a trailer with %s", async (_, trailer) => {
    await expect(decode([frame(chunks, trailer)], options())).rejects.toMatchObject({ code: "SignatureDoesNotMatch" });
  });
});

describe("unsigned chunks with a trailer", () => {
  it("decodes whatever comes in whatever pieces", async () => {
    const chunk = fc.uint8Array({ minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fc.array(chunk), fc.integer({ min: 1, max: 30 }), fc.boolean(), async (data, size, lastLine) => {
        const parts = data.flatMap((bytes) => [
          Buffer.from(`${bytes.length.toString(16)}\r\n`),
          bytes,
          Buffer.from("\r\n"),
        ]);
        const end = Buffer.from(`0\r\nX-Amz-Checksum-CRC32: AAAA==\r\n${lastLine ? "\r\n" : ""}`);
        const decoded = await decode(cut(Buffer.concat([...parts, end]), size), { trailer: true });
        expect(decoded.body).toEqual(Buffer.concat(data));
        expect(decoded.trailers).toEqual({ "x-amz-checksum-crc32": "AAAA==" });
      }),
      { numRuns: 60 },
    );
  });

  it("refuses more or less than the declared length", async () => {
    const body = Buffer.from("3\r\nabc\r\n0\r\n\r\n");
    for (const decodedLength of [2, 4]) {
      await expect(decode([body], { trailer: true, decodedLength })).rejects.toMatchObject({ code: "IncompleteBody" });
    }
  });

  it.each([
    ["no size", "x\r\n", "InvalidRequest"],
    ["no line end", "1".repeat(2000), "InvalidRequest"],
    ["no line end after the data", "1\r\nab\r\n", "InvalidRequest"],
    ["a trailer line without a name", "0\r\nnothing\r\n\r\n", "MalformedTrailerError"],
    ["a trailer without end", `0\r\nx:${"y".repeat(2000)}`, "MalformedTrailerError"],
  ])("refuses %s", async (_, body, code) => {
    await expect(decode([Buffer.from(body)], { trailer: true })).rejects.toMatchObject({ code });
  });

  it("never throws but AwsErrors", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("0", "3", "\r\n", "abc", ";", "x:y", ""), { maxLength: 12 }),
        async (parts) => {
          const outcome = await decode([Buffer.from(parts.join(""))], { trailer: true }).catch(
            (error: unknown) => error,
          );
          expect(outcome instanceof Error ? outcome.name : "decoded").toMatch(
            /^(decoded|IncompleteBody|InvalidRequest|MalformedTrailerError)$/,
          );
        },
      ),
    );
  });
});

describe("ChunkVerifier", () => {
  it("agrees with the formula of the documentation", () => {
    const seed = signatureOf(documented);
    const verifier = new ChunkVerifier(seed, SECRET);
    verifier.update(Buffer.from("ab"));
    verifier.update(Buffer.from("c"));
    const data = createHash("sha256").update("abc").digest("hex");
    const text = `AWS4-HMAC-SHA256-PAYLOAD\n${seed.timestamp}\n${seed.scope}\n${seed.signature}\n${EMPTY_SHA256}\n${data}`;
    const expected = createHmac("sha256", signingKey(SECRET, seed)).update(text).digest("hex");
    expect(verifier.endChunk(expected)).toBe(true);
  });
});
