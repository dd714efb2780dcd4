import { AwsError, isSha256, sha256Hex, UNSIGNED_PAYLOAD } from "@clary/wire";
import { awsChunks, type ChunkSigner } from "../body/aws-chunks.ts";
import type { BodyLimits } from "../body/body-limits.ts";
import { collectedBody, type SignedBody } from "../body/signed-body.ts";
import { streamedBody } from "../body/streamed-body.ts";
import type { Identified } from "../exchange.ts";

/** The last line of a canonical request, and the body that it stands for. */
export interface Payload {
  readonly hash: string;
  readonly signedBody: SignedBody;
}

/** Reads the body of a request to any service but S3 before its signature is believed, and hashes it whatever the request says. */
export async function collectPayload({ body, service }: Identified, limits: BodyLimits): Promise<Payload> {
  const bytes = await body.collect(limits.collected(service.id));
  return { hash: sha256Hex(bytes), signedBody: collectedBody(bytes) };
}

/**
 * The body of a request to S3: not read yet, and compared with what the request says of it when it is.
 * @param declared `x-amz-content-sha256`, or what stands for it.
 * @throws AwsError InvalidArgument for a declaration that means nothing.
 */
export function declaredPayload(
  { head, body }: Identified,
  declared: string,
  limits: BodyLimits,
  signer: ChunkSigner | undefined,
): Payload {
  if (declared === UNSIGNED_PAYLOAD) {
    return { hash: declared, signedBody: streamedBody(body, limits, {}) };
  }
  if (isSha256(declared)) {
    return { hash: declared, signedBody: streamedBody(body, limits, { sha256: declared.toLowerCase() }) };
  }
  const chunks = awsChunks(declared, head.headers, signer);
  if (chunks === undefined) {
    throw invalidPayloadHash(declared);
  }
  return { hash: declared, signedBody: streamedBody(body, limits, { chunks }) };
}

/** S3 wants its header even where the body is empty. */
export function missingPayloadHash(): AwsError {
  return new AwsError("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
}

function invalidPayloadHash(value: string): AwsError {
  const message =
    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, or a valid sha256 value.";
  return new AwsError("InvalidArgument", message, {
    members: { ArgumentName: "x-amz-content-sha256", ArgumentValue: value },
  });
}
