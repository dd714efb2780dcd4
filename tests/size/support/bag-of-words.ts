import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import { seededRandom, type SeededRandom } from "../../support/seeded-random.ts";

/** The shape of reviews as counts of words: rows of so many columns, of which about 100 are not 0. */
export interface BagOfWords {
  readonly rows: number;
  readonly columns: number;
}

const wordsPerRow = 100;

/** Writes rows as CSV, the same for the same seed, with the label first or without it. */
export async function writeBagOfWords(path: string, { rows, columns }: BagOfWords, hasLabel: boolean): Promise<void> {
  const random = seededRandom(20_002);
  const file = createWriteStream(path);
  for (let row = 0; row < rows; row++) {
    if (!file.write(csvRow(columns, hasLabel, random))) {
      await once(file, "drain");
    }
  }
  file.end();
  await finished(file);
}

/** `rows` rows as an endpoint gets them. */
export function bagOfWordsBody({ rows, columns }: BagOfWords, seed: number): Buffer {
  const random = seededRandom(seed);
  return Buffer.concat(Array.from({ length: rows }, () => csvRow(columns, false, random)));
}

function csvRow(columns: number, hasLabel: boolean, random: SeededRandom): Buffer {
  const row = Buffer.alloc(columns * 2, "0,");
  let mood = 0;
  for (let count = 0; count < wordsPerRow; count++) {
    // Squared, so that some words are far more frequent than others.
    const word = Math.floor(random.next() ** 2 * columns);
    row[word * 2] = 0x30 + random.integer(1, 9);
    mood += (word % 7) - 3;
  }
  row[row.length - 1] = 0x0a;
  return hasLabel ? Buffer.concat([Buffer.from(mood > 0 ? "1," : "0,"), row]) : row;
}
