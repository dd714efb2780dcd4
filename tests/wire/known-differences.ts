/** A difference between what one side sent and the other got that is not ours to remove. */
export interface KnownDifference {
  readonly service: string;
  readonly operation: string;
  /** The start of the reported difference. */
  readonly difference: string;
  readonly reason: string;
}

/** Through the JavaScript clients. */
export const javascriptDifferences: readonly KnownDifference[] = [];
