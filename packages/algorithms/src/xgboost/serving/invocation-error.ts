/** A request that the model answers with an error; the text is the body. */
export class InvocationError extends Error {
  override readonly name = "InvocationError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
