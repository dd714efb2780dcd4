import type { AnyOperation } from "../../operation.ts";
import type { SageMakerDeps } from "../deps.ts";
import { createEndpoint } from "./create-endpoint.ts";
import { deleteEndpoint } from "./delete-endpoint.ts";
import { describeEndpoint } from "./describe-endpoint.ts";
import { listEndpoints } from "./list-endpoints.ts";
import { updateEndpoint } from "./update-endpoint.ts";

export const endpointOperations: readonly AnyOperation<SageMakerDeps>[] = [
  createEndpoint,
  deleteEndpoint,
  describeEndpoint,
  listEndpoints,
  updateEndpoint,
];
