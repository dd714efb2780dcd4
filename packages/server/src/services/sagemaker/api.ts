import type * as Client from "@aws-sdk/client-sagemaker";

/** The package whose types name SageMaker's operations; no code of it is loaded. */
export type SageMakerApi = typeof Client;
