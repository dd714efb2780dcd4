export { AwsChunkedDecoder, type AwsChunkedOptions } from "./aws-chunked/aws-chunked-decoder.ts";
export { ChunkVerifier } from "./aws-chunked/chunk-verifier.ts";
export { AwsError, type AwsErrorOptions } from "./aws-error.ts";
export { checkConstraints, constraintViolations } from "./constraints/check-constraints.ts";
export { type Violation, violationText } from "./constraints/violation.ts";
export { decodeEvent, encodeEvent, type EventHeader, type EventMessage } from "./event-stream/event-message.ts";
export type { WireRequest, WireResponse } from "./http.ts";
export { loadServiceModel } from "./model/load-service-model.ts";
export type {
  HttpBinding,
  Protocol,
  ServiceFacts,
  ServiceIndexEntry,
  ServiceIndexFile,
  ServiceModelFile,
} from "./model/service-model-file.ts";
export type { ErrorModel, OperationModel, ServiceModel } from "./model/service-model.ts";
export { type Labels, parseInput } from "./parse-input.ts";
export { RequestBody, type BodyFacts } from "./request-body.ts";
export { type Route, type RoutedRequest, routeRest } from "./rest/route-rest.ts";
export { type FailedRequest, serialiseError } from "./serialise-error.ts";
export { serialiseOutput } from "./serialise-output.ts";
export {
  isExpiredV2,
  readSignatureV2,
  type SignatureV2,
  stringToSignV2,
  verifySignatureV2,
} from "./sigv2/signature-v2.ts";
export { canonicalRequest } from "./sigv4/canonical-request.ts";
export {
  declaredPayloadHash,
  isSha256,
  type StreamingPayload,
  streamingPayload,
  UNSIGNED_PAYLOAD,
} from "./sigv4/payload-hash.ts";
export { readSignature, signatureProblem } from "./sigv4/read-signature.ts";
export { presign, type Signer, signRequest } from "./sigv4/sign-request.ts";
export type { Signature, SignedRequest } from "./sigv4/signature.ts";
export { EMPTY_SHA256, sha256Hex } from "./sigv4/signature-text.ts";
export { MAX_SKEW_MS, signatureTimeProblem, type SignatureTimeProblem } from "./sigv4/signature-time.ts";
export { stringToSign, verifySignature } from "./sigv4/verify-signature.ts";
