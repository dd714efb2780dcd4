import type { AnyOperation } from "../../operation.ts";
import type { SageMakerDeps } from "../deps.ts";
import { createModel } from "./create-model.ts";
import { deleteModel } from "./delete-model.ts";
import { describeModel } from "./describe-model.ts";
import { listModels } from "./list-models.ts";

export const modelOperations: readonly AnyOperation<SageMakerDeps>[] = [
  createModel,
  deleteModel,
  describeModel,
  listModels,
];
