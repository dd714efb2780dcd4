const keptLines = 10;
const keptLineLength = 200;

/** The end of what a container wrote. */
export class LastLines {
  readonly #lines: string[] = [];

  add(line: string): void {
    if (line.trim() === "") {
      return;
    }
    this.#lines.push(line.length > keptLineLength ? `${line.slice(0, keptLineLength)}…` : line);
    if (this.#lines.length > keptLines) {
      this.#lines.shift();
    }
  }

  /** Oldest first, joined by ` | `; empty when it wrote nothing. */
  text(): string {
    return this.#lines.join(" | ");
  }
}
