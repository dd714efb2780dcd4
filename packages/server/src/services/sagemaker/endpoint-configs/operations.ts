import type { AnyOperation } from "../../operation.ts";
import type { SageMakerDeps } from "../deps.ts";
import { createEndpointConfig } from "./create-endpoint-config.ts";
import { deleteEndpointConfig } from "./delete-endpoint-config.ts";
import { describeEndpointConfig } from "./describe-endpoint-config.ts";
import { listEndpointConfigs } from "./list-endpoint-configs.ts";

export const endpointConfigOperations: readonly AnyOperation<SageMakerDeps>[] = [
  createEndpointConfig,
  deleteEndpointConfig,
  describeEndpointConfig,
  listEndpointConfigs,
];
