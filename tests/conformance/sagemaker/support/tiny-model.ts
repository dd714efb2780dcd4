import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { createGzip } from "node:zlib";
import { pack } from "tar-stream";

/**
 * What `xgboost.train({max_depth: 2, eta: 1, lambda: 0, min_child_weight: 0, objective: "reg:squarederror", base_score: 0.5,
 * tree_method: "exact"}, …, 1)` of Python's xgboost 1.7.6 saved after learning 1, 2, 5 and 9 from the rows 0,1 1,1 2,0 and 3,0.
 * Kept as text, byte for byte: xgboost reads neither JSON that begins with a line break nor whole numbers for real ones.
 */
const modelFile = new URL("./tiny-model.txt", import.meta.url);

/** A row that the model was trained on, and what it predicts for it. */
export const tinyRow = { csv: "3,0", prediction: 9 };

/** The model as a training job of image 1.7-1 leaves it. */
export async function tinyModelArchive(): Promise<Uint8Array> {
  return archive({ "xgboost-model": await readFile(modelFile, "utf8") });
}

export function archive(files: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) {
    tar.entry({ name }, content);
  }
  tar.finalize();
  return buffer(tar.pipe(createGzip()));
}
