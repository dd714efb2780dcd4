const keptLines = 10;
/** Fits a FailureReason of 1,024 characters beside the sentence that introduces it. */
const keptCharacters = 640;
const separator = " | ";

/** The end of what a container wrote. */
export class LastLines {
  readonly #lines: string[] = [];

  add(line: string): void {
    if (line.trim() === "") {
      return;
    }
    this.#lines.push(line.length > keptCharacters ? `${line.slice(0, keptCharacters - 1)}…` : line);
    if (this.#lines.length > keptLines) {
      this.#lines.shift();
    }
  }

  /** Oldest first, and as many of the last as fit; empty when it wrote nothing. */
  text(): string {
    let text = "";
    for (const line of this.#lines.toReversed()) {
      const longer = text === "" ? line : line + separator + text;
      if (longer.length > keptCharacters) {
        break;
      }
      text = longer;
    }
    return text;
  }
}
