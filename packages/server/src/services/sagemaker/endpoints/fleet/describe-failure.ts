import { AwsError } from "@clary/wire";
import { ModelDataError } from "../../models/artifact/model-data-error.ts";
import { HostStartError } from "../../models/host/host-start-error.ts";

/** AWS's limit for a FailureReason. */
const maxReason = 1024;

/** Why a variant did not come up, as a FailureReason: AWS's sentence, then what the person who reads it needs to act. */
export function describeFailure(variantName: string, error: unknown): string {
  const reason = reasonOf(variantName, error);
  return reason.length > maxReason ? `${reason.slice(0, maxReason - 1)}…` : reason;
}

function reasonOf(variantName: string, error: unknown): string {
  if (error instanceof ModelDataError || error instanceof AwsError) {
    return error.message;
  }
  if (error instanceof HostStartError) {
    return error.failure === "not-started"
      ? `The primary container for production variant ${variantName} could not be started: ${error.message}`
      : `The primary container for production variant ${variantName} did not pass the ping health check. Please check CloudWatch logs for this endpoint. Last seen: ${error.message}`;
  }
  const detail = error instanceof Error ? error.message : String(error);
  return `InternalServerError: We encountered an internal error. Please try again. (${detail})`;
}
