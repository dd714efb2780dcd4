import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** One house: 13 features and the median value in thousands of dollars. */
export interface House {
  readonly features: readonly number[];
  readonly value: number;
}

export interface Split {
  readonly train: readonly House[];
  readonly validation: readonly House[];
  readonly test: readonly House[];
}

/** The 506 houses, from a file whose first line counts, whose second names, and whose last column is the value. */
export function readBoston(): readonly House[] {
  const path = fileURLToPath(import.meta.resolve("@clary/boston-housing/boston-house-prices.csv"));
  const rows = readFileSync(path, "utf8").trim().split("\n").slice(2);
  return rows.map((row) => {
    const numbers = row.split(",").map(Number);
    return { features: numbers.slice(0, -1), value: numbers.at(-1) ?? Number.NaN };
  });
}

/** A third for testing and a third of the rest for validation, as in the classic notebook; the same split every time. */
export function split(houses: readonly House[], seed: number): Split {
  const shuffled = shuffle(houses, seed);
  const testCount = Math.ceil(shuffled.length * 0.33);
  const rest = shuffled.slice(testCount);
  const validationCount = Math.ceil(rest.length * 0.33);
  return {
    test: shuffled.slice(0, testCount),
    validation: rest.slice(0, validationCount),
    train: rest.slice(validationCount),
  };
}

/** CSV as SageMaker's built-in algorithms want it: no header, the label first; rows for prediction have no label. */
export function toCsv(houses: readonly House[], label: "with-label" | "without-label"): string {
  const rows = houses.map(({ features, value }) =>
    (label === "with-label" ? [value, ...features] : features).join(","),
  );
  return `${rows.join("\n")}\n`;
}

/** Fisher–Yates with a 32-bit linear congruential generator (Numerical Recipes constants): repeatable, no library. */
function shuffle<T>(items: readonly T[], seed: number): T[] {
  const result = [...items];
  let state = seed >>> 0;
  for (let i = result.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = Math.floor((state / 2 ** 32) * (i + 1));
    const [a, b] = [result[i] as T, result[j] as T];
    result[i] = b;
    result[j] = a;
  }
  return result;
}
