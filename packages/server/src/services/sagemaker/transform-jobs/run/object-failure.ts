/** Whose turn it is: whoever made the data or the request, or whoever made the container. */
export type Blame = "client" | "algorithm";

/** Why one object has no output. The others of its job go on. */
export class ObjectFailure extends Error {
  override readonly name = "ObjectFailure";
  readonly blame: Blame;
  /** For the job's log, each to be written after the object's bucket and key. */
  readonly lines: readonly string[];

  constructor(blame: Blame, lines: readonly string[], options?: ErrorOptions) {
    super(lines.filter((line) => line !== "" && line !== "Message:").join(" "), options);
    this.blame = blame;
    this.lines = lines;
  }
}
