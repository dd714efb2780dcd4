import { createHmac } from "node:crypto";
import { canonicalRequest } from "./canonical-request.ts";
import { UNSIGNED_PAYLOAD } from "./payload-hash.ts";
import { ALGORITHM, SCOPE_TERMINATOR, type SignedRequest } from "./signature.ts";
import { basicTimestamp, sha256Hex, uriEncode } from "./signature-text.ts";
import { signingKey } from "./signing-key.ts";
import { stringToSign } from "./verify-signature.ts";

/** Who signs, for which service, and when. */
export interface Signer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly region: string;
  readonly service: string;
  readonly now: Date;
}

interface Scope {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly scope: string;
  readonly timestamp: string;
}

/**
 * The headers of a request with those that sign it. `host` must be among them.
 *
 * @param payload the body, or what stands for its hash (`UNSIGNED-PAYLOAD`, a streaming form)
 */
export function signRequest(
  request: SignedRequest,
  payload: Uint8Array | { readonly hash: string },
  signer: Signer,
): Record<string, string> {
  const scope = scopeOf(signer);
  const hash = payload instanceof Uint8Array ? sha256Hex(payload) : payload.hash;
  const headers: Record<string, string> = {
    ...request.headers,
    "x-amz-date": scope.timestamp,
    ...(signer.service === "s3" ? { "x-amz-content-sha256": hash } : {}),
    ...(signer.sessionToken === undefined ? {} : { "x-amz-security-token": signer.sessionToken }),
  };
  const signedHeaders = Object.keys(headers).sort();
  const canonical = canonicalRequest({ service: signer.service, signedHeaders }, { ...request, headers }, hash);
  const signature = sign(canonical, scope, signer.secretAccessKey);
  headers["authorization"] =
    `${ALGORITHM} Credential=${signer.accessKeyId}/${scope.scope}, ` +
    `SignedHeaders=${signedHeaders.join(";")}, Signature=${signature}`;
  return headers;
}

/** The query string of a request with the parameters that sign it for `expires` seconds. All given headers are signed. */
export function presign(request: SignedRequest, expires: number, signer: Signer): string {
  const scope = scopeOf(signer);
  const signedHeaders = Object.keys(request.headers).sort();
  const parameters: Record<string, string> = {
    "X-Amz-Algorithm": ALGORITHM,
    "X-Amz-Credential": `${signer.accessKeyId}/${scope.scope}`,
    "X-Amz-Date": scope.timestamp,
    "X-Amz-Expires": String(expires),
    "X-Amz-SignedHeaders": signedHeaders.join(";"),
    ...(signer.sessionToken === undefined ? {} : { "X-Amz-Security-Token": signer.sessionToken }),
  };
  const added = Object.entries(parameters).map(([name, value]) => `${name}=${uriEncode(value)}`);
  const query = [...(request.query === "" ? [] : [request.query]), ...added].join("&");
  const hash = signer.service === "s3" ? UNSIGNED_PAYLOAD : sha256Hex("");
  const canonical = canonicalRequest({ service: signer.service, signedHeaders }, { ...request, query }, hash);
  return `${query}&X-Amz-Signature=${sign(canonical, scope, signer.secretAccessKey)}`;
}

function scopeOf({ accessKeyId, region, service, now }: Signer): Scope {
  const timestamp = basicTimestamp(now);
  const date = timestamp.slice(0, 8);
  return { accessKeyId, date, region, service, timestamp, scope: `${date}/${region}/${service}/${SCOPE_TERMINATOR}` };
}

function sign(canonical: string, scope: Scope, secret: string): string {
  return createHmac("sha256", signingKey(secret, scope)).update(stringToSign(scope, canonical)).digest("hex");
}
