import type { RecordKey, RecordStore, StoredRecord } from "../../../platform/records/record-store.ts";
import type { Scope } from "../../../platform/scope.ts";
import type { InputOf } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { modelArn } from "../arns.ts";
import { unknownModel } from "../errors.ts";

export type CreateModelRequest = InputOf<SageMakerApi, "CreateModel">;

/** The container that answers a model's requests. */
export type ModelContainer = NonNullable<CreateModelRequest["PrimaryContainer"]>;

export interface ModelBody {
  /** As it came, without its tags. */
  readonly request: Omit<CreateModelRequest, "Tags">;
}

export const modelCollection = "sagemaker.model";

export function modelKey(scope: Scope, name: string): RecordKey {
  return { collection: modelCollection, scope, id: name };
}

/** @throws AwsError `ValidationException` `Could not find model "<arn>".` */
export async function getModel(records: RecordStore, scope: Scope, name: string): Promise<StoredRecord<ModelBody>> {
  const record = await records.get<ModelBody>(modelKey(scope, name));
  if (record === undefined) {
    throw unknownModel(modelArn(scope, name));
  }
  return record;
}

/** The one container of a model; `CreateModel` made sure that there is exactly one. */
export function containerOf(model: ModelBody): ModelContainer {
  const container = model.request.PrimaryContainer ?? model.request.Containers?.[0];
  if (container === undefined) {
    throw new Error(`the record of model ${model.request.ModelName} holds no container`);
  }
  return container;
}
