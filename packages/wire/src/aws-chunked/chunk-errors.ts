import { AwsError } from "../aws-error.ts";

/** The body ends before what its chunks or `x-amz-decoded-content-length` promise. */
export function incompleteBody(): AwsError {
  return new AwsError("IncompleteBody", "The request body terminated unexpectedly");
}

/** A chunk whose head is not `<hexadecimal size>[;chunk-signature=…]`. */
export function malformedChunk(): AwsError {
  return new AwsError("InvalidRequest", "The request body is not in aws-chunked encoding: a chunk is malformed");
}

export function malformedTrailer(): AwsError {
  return new AwsError(
    "MalformedTrailerError",
    "The request contained trailing data that was not well-formed or did not conform to our published schema.",
  );
}

export function chunkSignatureMismatch(): AwsError {
  return new AwsError(
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    { status: 403 },
  );
}
