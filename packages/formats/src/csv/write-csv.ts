import type { DenseTable } from "../tables.ts";

/** The table as CSV text, every row ending with a newline; missing values are empty fields. */
export function writeCsv(table: DenseTable): string {
  let text = "";
  for (let row = 0; row < table.rows; row++) {
    for (let column = 0; column < table.columns; column++) {
      const value = table.values[row * table.columns + column] ?? Number.NaN;
      text += (column === 0 ? "" : ",") + (Number.isNaN(value) ? "" : String(value));
    }
    text += "\n";
  }
  return text;
}
