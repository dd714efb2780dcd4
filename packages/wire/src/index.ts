export { AwsError, type AwsErrorOptions } from "./aws-error.ts";
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
