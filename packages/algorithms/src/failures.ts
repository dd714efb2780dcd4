/** Whose turn it is when a job fails decides how its FailureReason begins; three kinds cover all. */
export type FailureKind = "user" | "algorithm" | "platform";

/** The user can prevent it: data, hyperparameters, channels. Becomes `ClientError` in the job's FailureReason. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly kind = "user";
}

/** A defect of the algorithm, or a failure inside the library it uses. Becomes `AlgorithmError`. */
export class AlgorithmError extends Error {
  override readonly name = "AlgorithmError";
  readonly kind = "algorithm";
}

/** The machine lacks something: a library, a directory, another host. Becomes `InternalServerError`. */
export class PlatformError extends Error {
  override readonly name = "PlatformError";
  readonly kind = "platform";
}

/** The kind of any error: what is not one of ours is a defect of the algorithm. */
export function failureKind(error: unknown): FailureKind {
  if (error instanceof UserError || error instanceof PlatformError) {
    return error.kind;
  }
  return "algorithm";
}
