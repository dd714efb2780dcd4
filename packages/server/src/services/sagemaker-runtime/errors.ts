import { AwsError } from "@clary/wire";
import type { Scope } from "../../platform/scope.ts";

/** Most that `Message` and `OriginalMessage` quote of a container's answer; AWS cuts at about a kilobyte. */
const quotedCharacters = 1024;

export function validationError(message: string): AwsError {
  return new AwsError("ValidationError", message);
}

export function endpointNotFound(endpointName: string, scope: Scope): AwsError {
  return validationError(`Endpoint ${endpointName} of account ${scope.account} not found.`);
}

/** The endpoint is still coming up after all the time that a call may wait for it. */
export function modelNotReady(endpointName: string): AwsError {
  return new AwsError(
    "ModelNotReadyException",
    `Endpoint ${endpointName} is still loading its model. Wait and try your request again.`,
    { status: 429 },
  );
}

export function variantNotFound(variantName: string): AwsError {
  return validationError(`Variant ${variantName} not found for Request`);
}

export function payloadTooLarge(maxPayloadBytes: number): AwsError {
  return validationError(
    `1 validation error detected: Value at 'body' failed to satisfy constraint: Member must have length less than or equal to ${maxPayloadBytes}`,
  );
}

/** The container answered with an error of its own. */
export function modelAnsweredError(
  endpointName: string,
  scope: Scope,
  answer: { readonly status: number; readonly body: Uint8Array },
): AwsError {
  const text = new TextDecoder().decode(answer.body.subarray(0, 4 * quotedCharacters)).slice(0, quotedCharacters);
  const side = answer.status >= 400 && answer.status < 500 ? "client" : "server";
  return modelError(endpointName, scope, {
    received: `Received ${side} error (${answer.status}) from primary with message "${text}"`,
    status: answer.status,
    original: text,
  });
}

export function responseTooLarge(endpointName: string, scope: Scope, status: number): AwsError {
  return modelError(endpointName, scope, {
    received: `Received server error (${status}) from primary and could not load the entire response body`,
    status,
    original: "",
  });
}

export function invocationTimedOut(endpointName: string, scope: Scope): AwsError {
  return unanswered(
    endpointName,
    scope,
    "Your invocation timed out while waiting for a response from container primary. Review the latency metrics for each container in Amazon CloudWatch, resolve the issue, and try again.",
  );
}

/** The container ended while it worked on the call. */
export function hostBroke(endpointName: string, scope: Scope): AwsError {
  return unanswered(
    endpointName,
    scope,
    `Amazon SageMaker could not get a response from the ${endpointName} endpoint. This can occur when CPU or memory utilization is high. To check your utilization, see Amazon CloudWatch. To fix this problem, use an instance type with more CPU capacity or memory.`,
  );
}

/** AWS writes status 0 where there was no answer at all. */
function unanswered(endpointName: string, scope: Scope, text: string): AwsError {
  return modelError(endpointName, scope, {
    received: `Received server error (0) from primary with message "${text}"`,
    status: 0,
    original: text,
  });
}

function modelError(
  endpointName: string,
  scope: Scope,
  facts: { readonly received: string; readonly status: number; readonly original: string },
): AwsError {
  const group = `/aws/sagemaker/Endpoints/${endpointName}`;
  const { account, region } = scope;
  return new AwsError(
    "ModelError",
    `${facts.received}. See https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#logEventViewer:group=${group} in account ${account} for more information.`,
    {
      status: 424,
      members: {
        OriginalStatusCode: facts.status,
        OriginalMessage: facts.original,
        LogStreamArn: `arn:aws:logs:${region}:${account}:log-group:${group}`,
      },
    },
  );
}
