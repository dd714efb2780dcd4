import type { InvokeEndpointRequest } from "../api.ts";
import { validationError } from "../errors.ts";

/**
 * Calls that aim at a part which no endpoint here has.
 * @throws AwsError `ValidationError`
 */
export function refuseUnsupportedTargets(input: InvokeEndpointRequest): void {
  const name = input.EndpointName;
  if (input.TargetModel !== undefined) {
    throw validationError(`Endpoint ${name} is not a multi-model endpoint and does not support target model header.`);
  }
  if (input.TargetContainerHostname !== undefined) {
    throw validationError(
      `Endpoint ${name} is not a direct invocation multi-container endpoint and does not support target container hostname header.`,
    );
  }
  if (input.InferenceComponentName !== undefined) {
    throw validationError(
      `Endpoint ${name} has no inference components and does not support inference component name header.`,
    );
  }
  if (input.EnableExplanations !== undefined) {
    throw validationError(`Endpoint ${name} has no explainer and does not support enable explanations header.`);
  }
}
