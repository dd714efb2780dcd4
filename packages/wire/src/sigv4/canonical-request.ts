import type { Signature, SignedRequest } from "./signature.ts";
import { uriEncode } from "./signature-text.ts";

/** What of a signature the canonical request depends on. */
export type CanonicalForm = Pick<Signature, "service" | "signedHeaders">;

/** The canonical request of a signature: what both sides hash. */
export function canonicalRequest(
  { service, signedHeaders }: CanonicalForm,
  request: SignedRequest,
  payloadHash: string,
): string {
  let headers = "";
  for (const name of signedHeaders) {
    headers += `${name}:${canonicalHeaderValue(request.headers[name] ?? "")}\n`;
  }
  const path = service === "s3" ? request.path : canonicalPath(request.path);
  const query = canonicalQuery(request.query);
  return `${request.method}\n${path}\n${query}\n${headers}\n${signedHeaders.join(";")}\n${payloadHash}`;
}

const RUN_OF_SPACES = /\s\s+/g;

function canonicalHeaderValue(value: string): string {
  const trimmed = value.trim();
  return trimmed.includes("  ") ? trimmed.replace(RUN_OF_SPACES, " ") : trimmed;
}

/**
 * The path of a request to any service but S3: dots and empty segments resolved, each segment percent-encoded once more
 * than it was sent.
 */
function canonicalPath(path: string): string {
  if (path === "/" || path === "") {
    return "/";
  }
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") {
      segments.pop();
    } else if (segment !== "" && segment !== ".") {
      segments.push(uriEncode(segment));
    }
  }
  const trailing = segments.length > 0 && path.endsWith("/") ? "/" : "";
  return `/${segments.join("/")}${trailing}`;
}

const SIGNATURE_PARAMETER = "X-Amz-Signature";

/** Parameters in the order of their encoded names, then values. A presigned request's own signature is left out. */
function canonicalQuery(query: string): string {
  if (query === "") {
    return "";
  }
  const pairs: [string, string][] = [];
  for (const part of query.split("&")) {
    const equals = part.indexOf("=");
    const name = reencode(equals < 0 ? part : part.slice(0, equals));
    if (part !== "" && name !== SIGNATURE_PARAMETER) {
      pairs.push([name, equals < 0 ? "" : reencode(part.slice(equals + 1))]);
    }
  }
  pairs.sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB));
  return pairs.map(([name, value]) => `${name}=${value}`).join("&");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Clients encode a query in different ways; both sides sign the one encoding that SigV4 knows. */
function reencode(text: string): string {
  if (!text.includes("%") && !text.includes("+")) {
    return uriEncode(text);
  }
  try {
    return uriEncode(decodeURIComponent(text.replaceAll("+", "%20")));
  } catch {
    return text;
  }
}
