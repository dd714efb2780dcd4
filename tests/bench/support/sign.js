import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";

/** SHA-256 in the form that the SDK's signer wants it. */
class Sha256 {
  #hash;

  /** @param {string | Uint8Array} [secret] */
  constructor(secret) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret);
  }

  /** @param {string | Uint8Array} data */
  update(data) {
    this.#hash.update(data);
  }

  async digest() {
    return new Uint8Array(this.#hash.digest());
  }
}

/**
 * A request as it goes over the socket, signed by the SDK's own signer.
 * @param {{ server: { port: number, region: string, accessKeyId: string, secretAccessKey: string }, service: string, method: string, path: string, query?: Record<string, string>, headers?: Record<string, string>, body?: string | Uint8Array }} request
 * @returns {Promise<Buffer>}
 */
export async function signedRequest({ server, service, method, path, query = {}, headers = {}, body = "" }) {
  const signer = new SignatureV4({
    service,
    region: server.region,
    credentials: { accessKeyId: server.accessKeyId, secretAccessKey: server.secretAccessKey },
    sha256: /** @type {any} */ (Sha256),
    uriEscapePath: service !== "s3",
  });
  const host = `127.0.0.1:${server.port}`;
  const signed = await signer.sign({
    method,
    protocol: "http:",
    hostname: "127.0.0.1",
    port: server.port,
    path,
    query,
    headers: { host, ...headers },
    body,
  });
  return toBytes({ method, path, query, headers: signed.headers, body });
}

/**
 * The same without a signature, for peers that check none.
 * @param {{ port: number, method: string, path: string, query?: Record<string, string>, headers?: Record<string, string>, body?: string | Uint8Array }} request
 */
export function plainRequest({ port, method, path, query = {}, headers = {}, body = "" }) {
  return toBytes({ method, path, query, headers: { host: `127.0.0.1:${port}`, ...headers }, body });
}

/** @param {{ method: string, path: string, query: Record<string, string>, headers: Record<string, string>, body: string | Uint8Array }} request */
function toBytes({ method, path, query, headers, body }) {
  const bytes = Buffer.from(body);
  const search = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const target = search.length === 0 ? path : `${path}?${search.join("&")}`;
  const lines = Object.entries({ ...headers, "content-length": String(bytes.length) }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return Buffer.concat([Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`), bytes]);
}
