export { AwsError, type AwsErrorOptions } from "./aws-error.ts";
export type { WireRequest, WireResponse } from "./http.ts";
export { RequestBody, type BodyFacts } from "./request-body.ts";
