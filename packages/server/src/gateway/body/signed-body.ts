import { RequestBody } from "@clary/wire";

/** The body of a request whose signature holds: what it gives has been, or is while it is read, checked against it. */
export interface SignedBody {
  /** The decoded body. @throws AwsError when it is too large or not what was signed. */
  bytes(): Promise<Uint8Array> | Uint8Array;
  /** The decoded body for an operation that streams it; it fails where it ends when it is not what was signed. */
  stream(): Promise<RequestBody> | RequestBody;
  /** Length without the framing of aws-chunked; undefined when the request does not tell. */
  readonly decodedLength: number | undefined;
}

/** A body that was collected before its signature was checked. */
export function collectedBody(bytes: Uint8Array): SignedBody {
  return { bytes: () => bytes, stream: () => new RequestBody(bytes), decodedLength: bytes.length };
}
