import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DescribeEndpointCommand,
  type DescribeEndpointCommandOutput,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { xgboostImage } from "./training-jobs.ts";
import { until } from "./until.ts";

export interface EndpointPlan {
  /** Of the model, the configuration and the endpoint. */
  readonly name: string;
  readonly roleArn: string;
  /** Address of the artifact. */
  readonly modelData: string;
}

/** Creates all that an endpoint needs and resolves with its description once it is in service, or has failed to be. */
export async function deploy(sagemaker: SageMakerClient, plan: EndpointPlan): Promise<DescribeEndpointCommandOutput> {
  const { name, roleArn, modelData } = plan;
  const PrimaryContainer = { Image: xgboostImage, ModelDataUrl: modelData };
  await sagemaker.send(new CreateModelCommand({ ModelName: name, ExecutionRoleArn: roleArn, PrimaryContainer }));
  const variant = { VariantName: "AllTraffic", ModelName: name, InitialInstanceCount: 1 };
  const ProductionVariants = [{ ...variant, InstanceType: "ml.m4.xlarge" as const }];
  await sagemaker.send(new CreateEndpointConfigCommand({ EndpointConfigName: name, ProductionVariants }));
  await sagemaker.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }));
  let endpoint = await sagemaker.send(new DescribeEndpointCommand({ EndpointName: name }));
  await until(`endpoint ${name} is created or failed`, async () => {
    endpoint = await sagemaker.send(new DescribeEndpointCommand({ EndpointName: name }));
    return endpoint.EndpointStatus !== "Creating";
  });
  return endpoint;
}
