/** Longest FailureReason. */
export const maxFailureReason = 1024;

/** Ends a run with status Failed. The message is the FailureReason: it begins by saying whose turn it is. */
export class JobFailure extends Error {
  override readonly name = "JobFailure";
}

/** The user's turn: the request, the data or the role's rights. */
export function clientError(message: string, cause?: unknown): JobFailure {
  return new JobFailure(`ClientError: ${message}`, { cause });
}

/** The turn of whoever runs this server. AWS says no more than its first sentence. */
export function platformError(message: string, cause?: unknown): JobFailure {
  return new JobFailure(`InternalServerError: We encountered an internal error. Please try again. (${message})`, {
    cause,
  });
}
