/** A record, or an object that is not split, has more bytes than one request may carry. */
export class PayloadTooLargeError extends Error {
  override readonly name = "PayloadTooLargeError";

  constructor(options?: ErrorOptions) {
    super("Too much data for max payload size", options);
  }
}
