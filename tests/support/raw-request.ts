import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import type { ClientAddress } from "./aws-clients.ts";

/** A request that no client would make. */
export interface RawRequest {
  readonly service: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Signs a request as it is, with the root key of a server, and sends it. */
export async function sendRaw(address: ClientAddress, request: RawRequest): Promise<RawAnswer> {
  const { endpoint, region, accessKeyId, secretAccessKey } = address;
  const { service, method = "POST", path = "/", headers = {}, body = "" } = request;
  const url = new URL(path, endpoint);
  const signer = new SignatureV4({ service, region, credentials: { accessKeyId, secretAccessKey }, sha256: NodeHash });
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    port: Number(url.port),
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { host: url.host, ...headers },
    body,
  });
  const { host: _, ...sent } = signed.headers;
  const answer = await fetch(url, { method, headers: sent, ...(method === "GET" ? {} : { body: Buffer.from(body) }) });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

type HashInput = string | ArrayBuffer | ArrayBufferView;

/** What the signer takes for SHA-256 and, with a secret, HMAC-SHA-256. */
class NodeHash {
  readonly #hash;

  constructor(secret?: HashInput) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", bytes(secret));
  }

  update(data: HashInput): void {
    this.#hash.update(bytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new Error("the signer uses each hash once");
  }
}

function bytes(data: HashInput): Buffer {
  if (typeof data === "string") {
    return Buffer.from(data);
  }
  return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data);
}
