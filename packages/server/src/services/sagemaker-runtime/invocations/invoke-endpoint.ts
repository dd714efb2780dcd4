import type { CallContext, Operation } from "../../operation.ts";
import type { InvokeEndpointAnswer, InvokeEndpointRequest, SageMakerRuntimeApi } from "../api.ts";
import type { EndpointRoute, SageMakerRuntimeDeps } from "../deps.ts";
import { endpointNotFound, payloadTooLarge } from "../errors.ts";
import { callModel } from "./call-model.ts";
import type { ModelAnswer } from "./model-answer.ts";
import { pickVariant } from "./pick-variant.ts";
import { refuseUnsupportedTargets } from "./refuse-unsupported-targets.ts";
import { whenDecided } from "./when-decided.ts";

/** Answers one request with a model of an endpoint. Works from what is in memory: no database is asked. */
export const invokeEndpoint: Operation<SageMakerRuntimeApi, "InvokeEndpoint", SageMakerRuntimeDeps> = {
  name: "InvokeEndpoint",

  permissions(input, context) {
    const { account, region } = context.scope;
    const resource = `arn:aws:sagemaker:${region}:${account}:endpoint/${input.EndpointName.toLowerCase()}`;
    return [{ action: "sagemaker:InvokeEndpoint", resource }];
  },

  async run(input: InvokeEndpointRequest, context, deps) {
    const found = deps.endpoints.find(context.scope, input.EndpointName);
    const route = found instanceof Promise ? await whenDecided(found, input.EndpointName, context, deps) : found;
    if (route === undefined) {
      throw endpointNotFound(input.EndpointName, context.scope);
    }
    refuseUnsupportedTargets(input);
    if (input.Body.length > deps.settings.maxPayloadBytes) {
      throw payloadTooLarge(deps.settings.maxPayloadBytes);
    }
    const variant = pickVariant(route, input.TargetVariant, deps.random);
    const answer = await callModel(variant, input, context, deps);
    capture(route, input, answer, context);
    return outputOf(answer);
  },
};

function capture(route: EndpointRoute, input: InvokeEndpointRequest, answer: ModelAnswer, context: CallContext): void {
  route.capture?.capture({
    variantName: answer.variantName,
    time: context.now,
    request: { contentType: input.ContentType ?? "", body: input.Body },
    response: { contentType: answer.contentType, body: answer.body },
    ...(input.InferenceId === undefined ? {} : { inferenceId: input.InferenceId }),
    ...(input.CustomAttributes === undefined ? {} : { customAttributes: input.CustomAttributes }),
  });
}

function outputOf(answer: ModelAnswer): InvokeEndpointAnswer {
  const output: InvokeEndpointAnswer = {
    // The client's type adds methods to the bytes that only its own deserialiser makes.
    Body: answer.body as NonNullable<InvokeEndpointAnswer["Body"]>,
    ContentType: answer.contentType,
    InvokedProductionVariant: answer.variantName,
  };
  return answer.headers === undefined ? output : { ...output, ...sessionMembers(answer.headers) };
}

function sessionMembers(headers: Readonly<Record<string, string>>): Partial<InvokeEndpointAnswer> {
  const attributes = headers["x-amzn-sagemaker-custom-attributes"];
  const opened = headers["x-amzn-sagemaker-new-session-id"];
  const closed = headers["x-amzn-sagemaker-closed-session-id"];
  return {
    ...(attributes === undefined ? {} : { CustomAttributes: attributes }),
    ...(opened === undefined ? {} : { NewSessionId: opened }),
    ...(closed === undefined ? {} : { ClosedSessionId: closed }),
  };
}
