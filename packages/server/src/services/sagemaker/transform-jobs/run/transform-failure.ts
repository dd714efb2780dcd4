/** Longest FailureReason. */
const maxFailureReason = 1024;

/** Ends a run with status Failed. The message is the FailureReason: it begins by saying whose turn it is. */
export class TransformFailure extends Error {
  override readonly name = "TransformFailure";

  constructor(reason: string, options?: ErrorOptions) {
    super(reason.length > maxFailureReason ? `${reason.slice(0, maxFailureReason - 1)}…` : reason, options);
  }
}

/** The user's turn: the request, the data or the role's rights. */
export function clientError(message: string, cause?: unknown): TransformFailure {
  return new TransformFailure(`ClientError: ${message}`, { cause });
}

/** The turn of whoever made the container. */
export function algorithmError(message: string, cause?: unknown): TransformFailure {
  return new TransformFailure(`AlgorithmError: ${message}`, { cause });
}

/** The turn of whoever runs this server. AWS says no more than its first two sentences. */
export function platformError(message: string, cause?: unknown): TransformFailure {
  return new TransformFailure(`InternalServerError: We encountered an internal error. Please try again. (${message})`, {
    cause,
  });
}
