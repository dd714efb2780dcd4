import type { CallContext } from "../../operation.ts";
import type { InvokeEndpointRequest } from "../api.ts";
import type { SageMakerRuntimeDeps, VariantRoute } from "../deps.ts";
import { hostBroke, invocationTimedOut, modelAnsweredError, responseTooLarge } from "../errors.ts";
import { forwardedHeaders } from "./forwarded-headers.ts";
import type { ModelAnswer } from "./model-answer.ts";

/**
 * Asks a variant's model: in this process where the model is at hand and the request small, else through a host.
 * @throws AwsError `ModelError` when there is no answer, or it is an error.
 */
export function callModel(
  variant: VariantRoute,
  input: InvokeEndpointRequest,
  context: CallContext,
  deps: SageMakerRuntimeDeps,
): ModelAnswer | Promise<ModelAnswer> {
  const here =
    variant.local !== undefined && input.Body.length <= deps.settings.maxLocalBytes
      ? answerHere(variant.local, variant, input)
      : undefined;
  return here ?? askHost(variant, input, context, deps);
}

/** Undefined when the model refuses the request: the host then says why, to the caller and in the endpoint's log. */
function answerHere(
  model: NonNullable<VariantRoute["local"]>,
  variant: VariantRoute,
  input: InvokeEndpointRequest,
): ModelAnswer | undefined {
  const { status, contentType, body } = model.invoke({
    contentType: input.ContentType ?? "",
    accept: input.Accept ?? "",
    body: input.Body,
  });
  return succeeded(status) ? { variantName: variant.name, contentType, body } : undefined;
}

async function askHost(
  variant: VariantRoute,
  input: InvokeEndpointRequest,
  context: CallContext,
  deps: SageMakerRuntimeDeps,
): Promise<ModelAnswer> {
  const answer = await variant.invoke({
    headers: forwardedHeaders(input),
    body: input.Body,
    timeoutMs: deps.settings.timeoutMs,
    maxResponseBytes: deps.settings.maxPayloadBytes,
    signal: context.signal,
  });
  switch (answer.outcome) {
    case "timed-out":
      throw invocationTimedOut(input.EndpointName, context.scope);
    case "broken":
      throw hostBroke(input.EndpointName, context.scope);
    case "too-large":
      throw responseTooLarge(input.EndpointName, context.scope, answer.status);
    case "answered":
      break;
  }
  if (!succeeded(answer.status)) {
    throw modelAnsweredError(input.EndpointName, context.scope, answer);
  }
  const { headers, body } = answer;
  return { variantName: variant.name, contentType: headers["content-type"] ?? "", headers, body };
}

function succeeded(status: number): boolean {
  return status >= 200 && status < 300;
}
