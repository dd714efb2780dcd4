import { createHash, createHmac } from "node:crypto";
import type { ServerUnderTest } from "../../support/server.ts";
import type { RecordedRequest } from "./recorded-request.ts";

type Address = Pick<ServerUnderTest, "port" | "region" | "accessKeyId" | "secretAccessKey">;

/**
 * Headers with which a request gets past authentication however odd it is, as far as its path and query can be signed at all: a
 * client's own signer would repair what is to be sent broken. After AWS's "Create a signed AWS API request".
 */
export function signedHeaders(request: RecordedRequest, server: Address, now: Date): Record<string, string> {
  const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const scope = `${time.slice(0, 8)}/${server.region}/${request.service}/aws4_request`;
  const headers: Record<string, string> = {
    "x-amz-content-sha256": sha256(request.body),
    ...request.headers,
    host: `127.0.0.1:${server.port}`,
    "x-amz-date": time,
  };
  const names = Object.keys(headers).toSorted();
  const canonical = [
    request.method,
    canonicalPath(request),
    canonicalQuery(request.query),
    ...names.map((name) => `${name}:${(headers[name] ?? "").trim().replaceAll(/ +/g, " ")}`),
    "",
    names.join(";"),
    headers["x-amz-content-sha256"],
  ].join("\n");
  const text = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n");
  const key = scope.split("/").reduce<Buffer | string>(hmac, `AWS4${server.secretAccessKey}`);
  const signature = hmac(key, text).toString("hex");
  headers["authorization"] =
    `AWS4-HMAC-SHA256 Credential=${server.accessKeyId}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return headers;
}

/** S3 signs the path as it is sent, all others encode it once more. */
function canonicalPath({ service, path }: RecordedRequest): string {
  const encoded = service === "s3" ? recode(path) : path.split("/").map(encode).join("/");
  return encoded === "" ? "/" : encoded;
}

function canonicalQuery(query: string): string {
  const pairs = query === "" ? [] : query.split("&").map((pair) => pair.split("="));
  const encoded = pairs.map(([name = "", ...value]) => `${encode(decode(name))}=${encode(decode(value.join("=")))}`);
  return encoded.toSorted().join("&");
}

function recode(path: string): string {
  return path
    .split("/")
    .map((segment) => encode(decode(segment)))
    .join("/");
}

function encode(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString()).replaceAll(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
