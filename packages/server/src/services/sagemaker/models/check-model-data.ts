import type { ObjectStore } from "../../../platform/objects/object-store.ts";
import type { Scope } from "../../../platform/scope.ts";
import type { RoleSession } from "../deps.ts";
import { modelDataDenied, modelDataNotFound } from "../errors.ts";
import { objectArn } from "../s3-uri.ts";
import type { ModelData } from "./model-data-source.ts";

/** @throws AwsError `ValidationException` when the model's data is not there, or its role may not read it. */
export async function checkModelData(
  data: ModelData,
  role: { readonly arn: string; readonly session: RoleSession },
  scope: Scope,
  objects: ObjectStore,
): Promise<void> {
  if (!(await role.session.allows("s3:GetObject", objectArn(data.location)))) {
    throw modelDataDenied(data.uri, role.arn, scope.region);
  }
  if (!(await exists(data, objects))) {
    throw modelDataNotFound(data.uri);
  }
}

async function exists(data: ModelData, objects: ObjectStore): Promise<boolean> {
  const { bucket, key } = data.location;
  if (data.form === "archive" || data.single) {
    return (await objects.head(bucket, key)) !== undefined;
  }
  if ((await objects.getBucket(bucket)) === undefined) {
    return false;
  }
  const listing = await objects.list(bucket, { prefix: key, delimiter: "", after: "", limit: 1 });
  return listing.objects.length > 0;
}
