import type { Terminal } from "../command.ts";

const colours = { bold: "1", dim: "2", green: "32", cyan: "36" } as const;

/** What the demo shows while it runs: steps with their time, a progress line that redraws itself on a terminal. */
export class DemoDisplay {
  readonly #terminal: Terminal;
  readonly #timings: [string, number][] = [];
  #progressShown = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  get columns(): number {
    return Math.min(this.#terminal.columns, 100);
  }

  get timings(): readonly (readonly [string, number])[] {
    return this.#timings;
  }

  /** Colours text where the terminal shows colours. */
  paint(colour: keyof typeof colours, text: string): string {
    return this.#terminal.interactive ? `\u001b[${colours[colour]}m${text}\u001b[0m` : text;
  }

  line(text = ""): void {
    this.#clearProgress();
    this.#terminal.out(`${text}\n`);
  }

  /** Replaces the progress line; shown on terminals only, so that a log file stays readable. */
  progress(text: string): void {
    if (this.#terminal.interactive) {
      this.#terminal.out(`\r\u001b[2K${text.slice(0, this.#terminal.columns - 1)}`);
      this.#progressShown = true;
    }
  }

  /** Runs one step of the demo and prints its heading before and its time after. */
  async step<T>(title: string, work: () => Promise<T>): Promise<T> {
    this.line(`\n${this.paint("bold", title)}`);
    const begin = performance.now();
    const result = await work();
    const elapsed = performance.now() - begin;
    this.#timings.push([title, elapsed]);
    this.line(this.paint("dim", `  ${this.paint("green", "done")} in ${formatDuration(elapsed)}`));
    return result;
  }

  #clearProgress(): void {
    if (this.#progressShown) {
      this.#terminal.out("\r\u001b[2K");
      this.#progressShown = false;
    }
  }
}

/** `███████░░░░░` of the given width; `fraction` from 0 to 1. */
export function bar(fraction: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  return "█".repeat(full) + "░".repeat(width - full);
}

export function formatDuration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}
