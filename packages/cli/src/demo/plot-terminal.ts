import type { Paint } from "./demo-display.ts";

/** Points to plot: actual against predicted, in the same unit. */
export interface Prediction {
  readonly actual: number;
  readonly predicted: number;
}

/** Where values stand on the screen: both axes from 0 to `limit`, with a tick at every ten. */
interface Scale {
  readonly ticks: number;
  /** Characters between two ticks. A character is about twice as high as wide; text reads well a little wider. */
  readonly columnsPerTick: number;
  readonly rowsPerTick: number;
}

/**
 * A scatter plot of predicted against actual, with the dotted diagonal where both are equal. `columns` is what the whole
 * may take. A cell with several points has the larger dot.
 */
export function plotInTerminal(
  points: readonly Prediction[],
  columns: number,
  { unit, paint }: { readonly unit: string; readonly paint: Paint },
): string {
  const scale = scaleFor(upperLimit(points) / 10, columns);
  const counts = countByCell(points, scale);
  const rows = scale.ticks * scale.rowsPerTick;
  const width = scale.ticks * scale.columnsPerTick;
  const lines = Array.from({ length: rows + 1 }, (_, index) => {
    const row = rows - index;
    const cells = Array.from({ length: width + 1 }, (__, column) => {
      const count = counts.get(cellKey(column, row)) ?? 0;
      return count === 0 ? background(column, row, scale, paint) : paint("cyan", count > 2 ? "●" : "•");
    });
    const isTick = row % scale.rowsPerTick === 0;
    const label = isTick ? String((row / scale.rowsPerTick) * 10) : "";
    return `  ${label.padStart(3)} ${paint("dim", isTick ? "┤" : "│")}${cells.join("").trimEnd()}`;
  });
  const axis = `      ${paint("dim", `└${`${"─".repeat(scale.columnsPerTick - 1)}┴`.repeat(scale.ticks)}`)}`;
  const labels = Array.from({ length: scale.ticks }, (_, tick) =>
    String((tick + 1) * 10).padStart(scale.columnsPerTick),
  );
  return [
    paint("dim", `  predicted, ${unit}`),
    ...lines,
    axis,
    `      0${labels.join("")}`,
    paint("dim", `actual, ${unit}`.padStart(7 + width)),
  ].join("\n");
}

/** The next multiple of ten at or above every value. */
export function upperLimit(points: readonly Prediction[]): number {
  const largest = points.reduce((most, { actual, predicted }) => Math.max(most, actual, predicted), 0);
  return Math.max(10, Math.ceil(largest / 10) * 10);
}

function scaleFor(ticks: number, columns: number): Scale {
  const columnsPerTick = Math.min(12, Math.max(4, Math.floor((columns - 8) / ticks)));
  return { ticks, columnsPerTick, rowsPerTick: Math.max(2, Math.round(columnsPerTick / 3)) };
}

function countByCell(points: readonly Prediction[], scale: Scale): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { actual, predicted } of points) {
    const column = Math.round((Math.max(0, actual) / 10) * scale.columnsPerTick);
    const row = Math.round((Math.max(0, predicted) / 10) * scale.rowsPerTick);
    const key = cellKey(column, row);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function background(column: number, row: number, scale: Scale, paint: Paint): string {
  const onDiagonal = Math.round((column / scale.columnsPerTick) * scale.rowsPerTick) === row;
  return onDiagonal ? paint("dim", "·") : " ";
}

function cellKey(column: number, row: number): string {
  return `${column},${row}`;
}
