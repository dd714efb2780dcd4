import type { Scope } from "../../platform/scope.ts";

/** An ARN of SageMaker. Names keep their case in `…Name` members, but AWS lower-cases them in ARNs. */
function sagemakerArn(scope: Scope, kind: string, name: string): string {
  return `arn:aws:sagemaker:${scope.region}:${scope.account}:${kind}/${name.toLowerCase()}`;
}

export function trainingJobArn(scope: Scope, name: string): string {
  return sagemakerArn(scope, "training-job", name);
}

export function transformJobArn(scope: Scope, name: string): string {
  return sagemakerArn(scope, "transform-job", name);
}

export function modelArn(scope: Scope, name: string): string {
  return sagemakerArn(scope, "model", name);
}

export function endpointConfigArn(scope: Scope, name: string): string {
  return sagemakerArn(scope, "endpoint-config", name);
}

export function endpointArn(scope: Scope, name: string): string {
  return sagemakerArn(scope, "endpoint", name);
}
