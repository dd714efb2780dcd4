/** Longest FailureReason. */
export const maxFailureReason = 1024;

/** Ends a run with status Failed. The message is the FailureReason: it begins by saying whose turn it is. */
export class TrainingFailure extends Error {
  override readonly name = "TrainingFailure";
}

/** The user's turn: the request, the data or the role's rights. */
export function clientError(message: string, cause?: unknown): TrainingFailure {
  return new TrainingFailure(`ClientError: ${message}`, { cause });
}

/** The turn of whoever runs this server. AWS says no more than its first sentence. */
export function platformError(message: string, cause?: unknown): TrainingFailure {
  return new TrainingFailure(`InternalServerError: We encountered an internal error. Please try again. (${message})`, {
    cause,
  });
}
