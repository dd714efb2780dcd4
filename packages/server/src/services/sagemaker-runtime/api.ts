import type * as Client from "@aws-sdk/client-sagemaker-runtime";
import type { InputOf, OutputOf } from "../operation.ts";

/** The package whose types name the runtime's operations; no code of it is loaded. */
export type SageMakerRuntimeApi = typeof Client;

/** The client's type allows a body in other forms; its requests arrive as bytes. */
export type InvokeEndpointRequest = Omit<InputOf<SageMakerRuntimeApi, "InvokeEndpoint">, "Body"> & {
  readonly Body: Uint8Array;
};

export type InvokeEndpointAnswer = OutputOf<SageMakerRuntimeApi, "InvokeEndpoint">;
