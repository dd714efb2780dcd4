/** Why a model host did not come up. */
export type HostStartFailure =
  /** The backend could not start it; the message says why. */
  | "not-started"
  /** It ended before its first healthy ping. */
  | "exited"
  /** It runs, but no ping was answered with 200 in time. */
  | "unhealthy";

export class HostStartError extends Error {
  override readonly name = "HostStartError";
  readonly failure: HostStartFailure;

  constructor(failure: HostStartFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}
