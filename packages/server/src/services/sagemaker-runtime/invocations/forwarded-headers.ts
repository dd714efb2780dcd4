import type { InvokeEndpointRequest } from "../api.ts";

/** Members of a call that its container sees, by header; everything else that the client sent stays here. */
const forwarded: readonly (readonly [keyof InvokeEndpointRequest, string])[] = [
  ["ContentType", "content-type"],
  ["Accept", "accept"],
  ["CustomAttributes", "x-amzn-sagemaker-custom-attributes"],
  ["TargetVariant", "x-amzn-sagemaker-target-variant"],
  ["InferenceId", "x-amzn-sagemaker-inference-id"],
  ["SessionId", "x-amzn-sagemaker-session-id"],
  ["PrefixAwareId", "x-amzn-sagemaker-prefix-aware-id"],
];

export function forwardedHeaders(input: InvokeEndpointRequest): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [member, header] of forwarded) {
    const value = input[member];
    if (typeof value === "string") {
      headers[header] = value;
    }
  }
  return headers;
}
