import type { RecordKey, RecordStore, StoredRecord } from "../../../platform/records/record-store.ts";
import type { Scope } from "../../../platform/scope.ts";
import type { InputOf } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { endpointArn } from "../arns.ts";
import { unknownEndpoint } from "../errors.ts";
import type { Deployment } from "./deployments/deployment.ts";

export type UpdateEndpointRequest = InputOf<SageMakerApi, "UpdateEndpoint">;

/**
 * Creating → InService | Failed; InService → Updating → InService; InService ⇄ OutOfService when a restarted server cannot
 * bring an endpoint back, and when it can. A failed endpoint can only be deleted. Deleting takes no time: the record goes at once.
 */
export type EndpointStatus = "Creating" | "Updating" | "InService" | "OutOfService" | "Failed";

export interface EndpointBody {
  /** Tells this endpoint from an earlier one of the same name. */
  readonly incarnation: string;
  readonly status: EndpointStatus;
  readonly failureReason?: string;
  /** What serves, and what a restarted server brings back; absent until the endpoint was in service for the first time. */
  readonly current?: Deployment;
  /** What is being brought up, or what failed to come up first. */
  readonly pending?: Deployment;
  readonly deploymentConfig?: NonNullable<UpdateEndpointRequest["DeploymentConfig"]>;
}

export const endpointCollection = "sagemaker.endpoint";

export function endpointKey(scope: Scope, name: string): RecordKey {
  return { collection: endpointCollection, scope, id: name };
}

/** @throws AwsError `ValidationException` `Could not find endpoint "<arn>".` */
export async function getEndpoint(
  records: RecordStore,
  scope: Scope,
  name: string,
): Promise<StoredRecord<EndpointBody>> {
  const record = await records.get<EndpointBody>(endpointKey(scope, name));
  if (record === undefined) {
    throw unknownEndpoint(endpointArn(scope, name));
  }
  return record;
}

/** Whether a change of the endpoint is still being made: nothing else may change it then. */
export function isInProgress(body: EndpointBody): boolean {
  return body.status === "Creating" || body.status === "Updating";
}
