import type { RecordKey, RecordStore, StoredRecord } from "../../../platform/records/record-store.ts";
import type { Scope } from "../../../platform/scope.ts";
import type { InputOf } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { endpointConfigArn } from "../arns.ts";
import { unknownEndpointConfig } from "../errors.ts";

export type CreateEndpointConfigRequest = InputOf<SageMakerApi, "CreateEndpointConfig">;

export type ProductionVariant = CreateEndpointConfigRequest["ProductionVariants"][number];

export interface EndpointConfigBody {
  /** As it came, without its tags. */
  readonly request: Omit<CreateEndpointConfigRequest, "Tags">;
}

export const endpointConfigCollection = "sagemaker.endpoint-config";

export function endpointConfigKey(scope: Scope, name: string): RecordKey {
  return { collection: endpointConfigCollection, scope, id: name };
}

/** @throws AwsError `ValidationException` `Could not find endpoint configuration "<arn>".` */
export async function getEndpointConfig(
  records: RecordStore,
  scope: Scope,
  name: string,
): Promise<StoredRecord<EndpointConfigBody>> {
  const record = await records.get<EndpointConfigBody>(endpointConfigKey(scope, name));
  if (record === undefined) {
    throw unknownEndpointConfig(endpointConfigArn(scope, name));
  }
  return record;
}
