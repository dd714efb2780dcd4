import type { Scope } from "../../../../platform/scope.ts";
import { containerOf } from "../../models/model-record.ts";
import type { TransformJobBody } from "../transform-job-record.ts";
import { requestedStrategy } from "./transform-settings.ts";

/** A container's variables: the model's, over them the request's, and what tells the container that it serves a transform job. */
export function transformEnvironment({ request, model }: TransformJobBody, scope: Scope): Record<string, string> {
  const strategy = requestedStrategy(request);
  const { MaxPayloadInMB: maxPayload, MaxConcurrentTransforms: maxConcurrent } = request;
  return {
    AWS_REGION: scope.region,
    AWS_DEFAULT_REGION: scope.region,
    ...containerOf(model).Environment,
    ...request.Environment,
    SAGEMAKER_BATCH: "true",
    ...(maxPayload === undefined ? {} : { SAGEMAKER_MAX_PAYLOAD_IN_MB: String(maxPayload) }),
    ...(strategy === undefined ? {} : { SAGEMAKER_BATCH_STRATEGY: strategy }),
    ...(maxConcurrent === undefined || maxConcurrent === 0
      ? {}
      : { SAGEMAKER_MAX_CONCURRENT_TRANSFORMS: String(maxConcurrent) }),
  };
}
