import type { Terminal } from "../command.ts";
import { bar } from "./bar.ts";

const colours = { bold: "1", dim: "2", green: "32", cyan: "36" } as const;
export type Colour = keyof typeof colours;
export type Paint = (colour: Colour, text: string) => string;

interface Step {
  readonly name: string;
  readonly elapsedMs: number;
}

/** What the demo shows while it runs: steps with their time, and on a terminal a last line that redraws itself. */
export class DemoDisplay {
  readonly #terminal: Terminal;
  readonly #steps: Step[] = [];
  #stepNumber = 0;
  #stepBegin = 0;
  #lastLineShown = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Characters that a line may have; a screen wider than 100 is not filled. */
  get columns(): number {
    return Math.min(this.#terminal.columns, 100);
  }

  /** Colours text where the terminal shows colours. */
  readonly paint: Paint = (colour, text) =>
    this.#terminal.interactive ? `\u001b[${colours[colour]}m${text}\u001b[0m` : text;

  line(text = ""): void {
    this.#clearLastLine();
    this.#terminal.out(`${text}\n`);
  }

  /** A line of somebody's log: set apart, and on a terminal cut at its edge. */
  log(text: string): void {
    const width = this.#terminal.columns - 5;
    const shown = this.#terminal.interactive && text.length > width ? `${text.slice(0, width - 1)}…` : text;
    this.line(this.paint("dim", `  │ ${shown}`));
  }

  /** A paragraph, broken between its words. */
  paragraph(words: readonly string[]): void {
    let line = " ";
    for (const word of words) {
      if (line.length + 1 + word.length > this.columns && line !== " ") {
        this.line(this.paint("dim", line));
        line = " ";
      }
      line += ` ${word}`;
    }
    this.line(this.paint("dim", line));
  }

  /** Redraws the last line: how far the step is. On terminals only, so that a log file stays readable. */
  progress(fraction: number, text: string): void {
    this.#lastLine(`  ${this.paint("cyan", bar(fraction, 24))} `, text);
  }

  /** Redraws the last line: what the step waits for, and since when. */
  waiting(text: string): void {
    const elapsed = performance.now() - this.#stepBegin;
    this.#lastLine("  ", `${spinner[Math.floor(elapsed / 80) % spinner.length]} ${text} ${formatDuration(elapsed)}`);
  }

  /** Runs one step of the demo; prints its title before and its time after. `name` stands for it in the summary. */
  async step<T>(name: string, title: string, work: () => Promise<T>): Promise<T> {
    this.#stepNumber += 1;
    this.line(`\n${this.paint("bold", `${this.#stepNumber}. ${title}`)}`);
    this.#stepBegin = performance.now();
    const result = await work();
    const elapsedMs = performance.now() - this.#stepBegin;
    this.#steps.push({ name, elapsedMs });
    this.line(`  ${this.paint("green", "✓")} ${this.paint("dim", formatDuration(elapsedMs))}`);
    return result;
  }

  /** The steps again, with their times side by side. */
  summary(): void {
    const total = this.#steps.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0);
    const longest = Math.max(...this.#steps.map(({ elapsedMs }) => elapsedMs));
    const width = Math.max(...this.#steps.map(({ name }) => name.length));
    const barWidth = Math.max(4, Math.min(24, this.columns - width - 13));
    this.line(`\n${this.paint("bold", "How long it took")}`);
    for (const { name, elapsedMs } of this.#steps) {
      const share = this.paint("cyan", "█".repeat(Math.ceil((elapsedMs / longest) * barWidth)));
      this.line(`  ${name.padEnd(width)}  ${formatDuration(elapsedMs).padStart(7)}  ${share}`);
    }
    this.line(`  ${"Altogether".padEnd(width)}  ${this.paint("bold", formatDuration(total).padStart(7))}`);
  }

  #lastLine(lead: string, text: string): void {
    if (this.#terminal.interactive) {
      // The lead has invisible colour codes and at most 27 characters.
      this.#terminal.out(`\r\u001b[2K${lead}${text.slice(0, Math.max(0, this.#terminal.columns - 28))}`);
      this.#lastLineShown = true;
    }
  }

  #clearLastLine(): void {
    if (this.#lastLineShown) {
      this.#terminal.out("\r\u001b[2K");
      this.#lastLineShown = false;
    }
  }
}

const spinner = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

export function formatDuration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}
