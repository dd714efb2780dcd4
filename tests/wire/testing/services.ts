import type { Protocol } from "@clary/wire";

/** A service of the gate: its model, its client package, and botocore's name for it. */
export interface GatedService {
  readonly id: string;
  readonly clientModule: () => Promise<Readonly<Record<string, unknown>>>;
  readonly botocore: string;
  /** The protocols a client can be made to speak, beside the one it chooses itself. */
  readonly otherProtocols?: readonly Protocol[];
}

export const gatedServices: readonly GatedService[] = [
  { id: "sagemaker", clientModule: () => import("@aws-sdk/client-sagemaker"), botocore: "sagemaker" },
  {
    id: "sagemaker-runtime",
    clientModule: () => import("@aws-sdk/client-sagemaker-runtime"),
    botocore: "sagemaker-runtime",
  },
  { id: "s3", clientModule: () => import("@aws-sdk/client-s3"), botocore: "s3" },
  { id: "iam", clientModule: () => import("@aws-sdk/client-iam"), botocore: "iam" },
  { id: "sts", clientModule: () => import("@aws-sdk/client-sts"), botocore: "sts" },
  { id: "logs", clientModule: () => import("@aws-sdk/client-cloudwatch-logs"), botocore: "logs" },
  {
    id: "cloudwatch",
    clientModule: () => import("@aws-sdk/client-cloudwatch"),
    botocore: "cloudwatch",
    otherProtocols: ["awsQuery", "rpcv2Cbor"],
  },
  {
    id: "application-autoscaling",
    clientModule: () => import("@aws-sdk/client-application-auto-scaling"),
    botocore: "application-autoscaling",
  },
  { id: "lambda", clientModule: () => import("@aws-sdk/client-lambda"), botocore: "lambda" },
  { id: "api-gateway", clientModule: () => import("@aws-sdk/client-api-gateway"), botocore: "apigateway" },
  { id: "ecr", clientModule: () => import("@aws-sdk/client-ecr"), botocore: "ecr" },
  { id: "service-quotas", clientModule: () => import("@aws-sdk/client-service-quotas"), botocore: "service-quotas" },
  { id: "ec2", clientModule: () => import("@aws-sdk/client-ec2"), botocore: "ec2" },
];
