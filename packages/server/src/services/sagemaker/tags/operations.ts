import type { AnyOperation } from "../../operation.ts";
import type { SageMakerDeps } from "../deps.ts";
import { addTags } from "./add-tags.ts";
import { deleteTags } from "./delete-tags.ts";
import { listTags } from "./list-tags.ts";

export const tagOperations: readonly AnyOperation<SageMakerDeps>[] = [addTags, deleteTags, listTags];
