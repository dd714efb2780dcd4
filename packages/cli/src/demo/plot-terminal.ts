/** Points to plot: actual against predicted, in the same unit. */
export interface Prediction {
  readonly actual: number;
  readonly predicted: number;
}

/** Dots of a braille cell by (row, column): Unicode block 2800, bit numbers as the standard gives them. */
const brailleBits = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

export interface PlotSize {
  /** Characters. */
  readonly columns: number;
  readonly rows: number;
}

/** A scatter plot of predicted against actual in braille dots, with the diagonal where both are equal. */
export function plotInTerminal(points: readonly Prediction[], size: PlotSize, unit: string): string {
  const limit = upperLimit(points);
  const grid = new BrailleGrid(size);
  for (let step = 0; step < size.columns * 2; step += 4) {
    grid.set(step / (size.columns * 2), step / (size.columns * 2));
  }
  for (const { actual, predicted } of points) {
    grid.set(actual / limit, predicted / limit);
  }
  const label = (row: number): string => (row === 0 ? String(limit) : row === size.rows - 1 ? "0" : "").padStart(4);
  const lines = grid.lines().map((line, row) => `  ${label(row)} ┤${line}`);
  const axis = `       └${"─".repeat(size.columns)}`;
  const scale = `        0${`actual (${unit})`.padStart(Math.floor(size.columns / 2) + 6).padEnd(size.columns - 1 - String(limit).length)}${limit}`;
  return [`  predicted (${unit})`, ...lines, axis, scale].join("\n");
}

/** The next multiple of ten at or above every value. */
export function upperLimit(points: readonly Prediction[]): number {
  const largest = points.reduce((most, { actual, predicted }) => Math.max(most, actual, predicted), 0);
  return Math.max(10, Math.ceil(largest / 10) * 10);
}

class BrailleGrid {
  readonly #cells: number[][];
  readonly #size: PlotSize;

  constructor(size: PlotSize) {
    this.#size = size;
    this.#cells = Array.from({ length: size.rows }, () => Array.from({ length: size.columns }, () => 0));
  }

  /** Sets the dot at a point of the unit square; (0, 0) is the lower left. */
  set(x: number, y: number): void {
    const column = Math.min(this.#size.columns * 2 - 1, Math.max(0, Math.floor(x * this.#size.columns * 2)));
    const row = Math.min(this.#size.rows * 4 - 1, Math.max(0, Math.floor((1 - y) * this.#size.rows * 4)));
    const cells = this.#cells[row >> 2];
    const bits = brailleBits[row & 3];
    if (cells !== undefined && bits !== undefined) {
      cells[column >> 1] = (cells[column >> 1] ?? 0) | (bits[column & 1] ?? 0);
    }
  }

  lines(): string[] {
    return this.#cells.map((row) => row.map((bits) => String.fromCodePoint(0x28_00 + bits)).join(""));
  }
}
