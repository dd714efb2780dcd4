/** One call to an endpoint, as the invocation path hands it over. */
export interface CapturedCall {
  readonly variantName: string;
  readonly time: Date;
  readonly request: CapturedMessage;
  readonly response: CapturedMessage;
  readonly inferenceId?: string;
  readonly customAttributes?: string;
}

export interface CapturedMessage {
  readonly contentType: string;
  readonly body: Uint8Array;
}
