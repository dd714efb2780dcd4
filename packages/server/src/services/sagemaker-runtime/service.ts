import { defineService, type AnyOperation, type Service } from "../operation.ts";
import type { SageMakerRuntimeDeps } from "./deps.ts";
import { invokeEndpoint } from "./invocations/invoke-endpoint.ts";

const operations: readonly AnyOperation<SageMakerRuntimeDeps>[] = [invokeEndpoint];

/** Calls to endpoints. */
export function sagemakerRuntimeService(deps: SageMakerRuntimeDeps): Service {
  return defineService("sagemaker-runtime", operations, deps);
}
