import type { LibsvmTable } from "./libsvm-table.ts";

/** The table as LIBSVM text, every row ending with a newline. */
export function writeLibsvm(table: LibsvmTable): string {
  let text = "";
  for (let row = 0; row < table.features.rows; row++) {
    text += `${rowHead(table, row)}${rowFeatures(table, row)}\n`;
  }
  return text;
}

function rowHead({ labels, weights, queryIds }: LibsvmTable, row: number): string {
  const weight = weights === undefined ? "" : `:${weights[row] ?? 1}`;
  const query = queryIds === undefined ? "" : ` qid:${queryIds[row] ?? 0}`;
  return `${labels[row] ?? 0}${weight}${query}`;
}

function rowFeatures({ features }: LibsvmTable, row: number): string {
  let text = "";
  for (let entry = features.indptr[row] ?? 0; entry < (features.indptr[row + 1] ?? 0); entry++) {
    text += ` ${features.indices[entry] ?? 0}:${features.values[entry] ?? 0}`;
  }
  return text;
}
