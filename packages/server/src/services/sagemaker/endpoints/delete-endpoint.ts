import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { endpointArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import { endpointInProgress } from "../errors.ts";
import { tagDeletion } from "../tags/tag-store.ts";
import { endpointKey, getEndpoint, isInProgress } from "./endpoint-record.ts";

/** Deletes an endpoint. Its name is free when this returns; calls that are under way are still answered. */
export const deleteEndpoint: Operation<SageMakerApi, "DeleteEndpoint", SageMakerDeps> = {
  name: "DeleteEndpoint",

  permissions(input, context) {
    return [{ action: "sagemaker:DeleteEndpoint", resource: endpointArn(context.scope, input.EndpointName) }];
  },

  async run(input, context, deps) {
    const arn = endpointArn(context.scope, input.EndpointName);
    const key = endpointKey(context.scope, input.EndpointName);
    for (;;) {
      const { body, version } = await getEndpoint(deps.records, context.scope, input.EndpointName);
      if (isInProgress(body)) {
        throw endpointInProgress(arn);
      }
      if (
        await deps.records.batch([{ type: "delete", key, expectedVersion: version }, tagDeletion(context.scope, arn)])
      ) {
        deps.endpoints.remove(key, body.incarnation);
        return {};
      }
    }
  },
};
