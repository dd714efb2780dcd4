import type { StoredRecord } from "../../../platform/records/record-store.ts";
import type { Scope } from "../../../platform/scope.ts";
import type { Operation, OutputOf } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { endpointArn } from "../arns.ts";
import type { SageMakerDeps } from "../deps.ts";
import type { DataCaptureConfig, Deployment } from "./deployments/deployment.ts";
import { summariseVariants } from "./deployments/summarise-deployment.ts";
import { endpointKey, getEndpoint, isInProgress, type EndpointBody } from "./endpoint-record.ts";

type Output = OutputOf<SageMakerApi, "DescribeEndpoint">;

/** Answers an endpoint's state. While it is updated, that is what serves; what is coming up stands in `PendingDeploymentSummary`. */
export const describeEndpoint: Operation<SageMakerApi, "DescribeEndpoint", SageMakerDeps> = {
  name: "DescribeEndpoint",

  permissions(input, context) {
    return [{ action: "sagemaker:DescribeEndpoint", resource: endpointArn(context.scope, input.EndpointName) }];
  },

  async run(input, context, deps) {
    await deps.firstDescribes.hold(endpointKey(context.scope, input.EndpointName), context, (key, signal) =>
      deps.endpoints.settled(key, signal),
    );
    return describe(context.scope, await getEndpoint(deps.records, context.scope, input.EndpointName));
  },
};

function describe(scope: Scope, record: StoredRecord<EndpointBody>): Output {
  const { body } = record;
  const shown = body.current ?? body.pending;
  if (shown === undefined) {
    throw new Error(`the record of endpoint ${record.id} holds no deployment`);
  }
  return {
    EndpointName: record.id,
    EndpointArn: endpointArn(scope, record.id),
    EndpointConfigName: shown.configName,
    ProductionVariants: summariseVariants(shown, body.current !== undefined && body.status !== "OutOfService"),
    ...(shown.dataCapture === undefined ? {} : { DataCaptureConfig: captureSummary(shown.dataCapture, body) }),
    EndpointStatus: body.status,
    ...(body.failureReason === undefined ? {} : { FailureReason: body.failureReason }),
    CreationTime: record.createdAt,
    LastModifiedTime: record.modifiedAt,
    ...(body.deploymentConfig === undefined ? {} : { LastDeploymentConfig: body.deploymentConfig as LastDeployment }),
    ...(body.pending !== undefined && isInProgress(body) ? { PendingDeploymentSummary: pending(body.pending) } : {}),
  };
}

type LastDeployment = NonNullable<Output["LastDeploymentConfig"]>;

function captureSummary(config: DataCaptureConfig, body: EndpointBody): NonNullable<Output["DataCaptureConfig"]> {
  const enabled = config.EnableCapture ?? true;
  return {
    EnableCapture: enabled,
    CaptureStatus: enabled && body.current !== undefined ? "Started" : "Stopped",
    CurrentSamplingPercentage: config.InitialSamplingPercentage,
    DestinationS3Uri: config.DestinationS3Uri,
    KmsKeyId: config.KmsKeyId ?? "",
  };
}

function pending(deployment: Deployment): NonNullable<Output["PendingDeploymentSummary"]> {
  const instanceTypes = deployment.variants.map((variant) => variant.request.InstanceType);
  return {
    EndpointConfigName: deployment.configName,
    ProductionVariants: summariseVariants(deployment, false).map((summary, index) => ({
      ...summary,
      InstanceType: instanceTypes[index],
      VariantStatus: [{ Status: "Creating", StartTime: deployment.startedAt }],
    })),
    StartTime: deployment.startedAt,
  };
}
