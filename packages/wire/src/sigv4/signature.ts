import type { WireRequest } from "../http.ts";

/** The parts of a request that a signature covers; the body comes in by its hash. */
export type SignedRequest = Pick<WireRequest, "method" | "path" | "query" | "headers">;

/** A version 4 signature as a request carries it. Nothing in it has been verified. */
export interface Signature {
  readonly accessKeyId: string;
  /** Date of the credential scope: `20150830`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** `20150830/us-east-1/iam/aws4_request`. */
  readonly scope: string;
  /** When it was signed, as it stands in the string to sign: `20150830T123600Z`. Empty when the request does not say. */
  readonly timestamp: string;
  /** In lower case, in the order of the request. */
  readonly signedHeaders: readonly string[];
  /** 64 hexadecimal digits. */
  readonly signature: string;
  /** In the query string, not in the Authorization header. */
  readonly presigned: boolean;
  /** `X-Amz-Expires` of a presigned request, as it was sent. */
  readonly expires: string | undefined;
  /** Token of temporary credentials. */
  readonly securityToken: string | undefined;
}

export const ALGORITHM = "AWS4-HMAC-SHA256";
export const SCOPE_TERMINATOR = "aws4_request";
