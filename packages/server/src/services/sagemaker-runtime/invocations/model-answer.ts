/** What a model said to a request that it could answer. */
export interface ModelAnswer {
  readonly variantName: string;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** All headers of a container's answer, names in lower case; undefined when the server answered itself. */
  readonly headers?: Readonly<Record<string, string>>;
}
