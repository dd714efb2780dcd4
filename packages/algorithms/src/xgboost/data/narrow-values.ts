/** Smaller arrays are not worth a second look at each of their values. */
const worthwhileLength = 2 ** 22;

/**
 * The same values in a quarter of the memory, or undefined where some are no whole numbers of 0 to 255. Counts of words, pixels
 * and flags are; the library takes them as they are, and a table beside its copy in the library is what a job's memory peaks at.
 */
export function narrowValues(values: Float32Array, fromLength: number = worthwhileLength): Uint8Array | undefined {
  if (values.length < fromLength) {
    return undefined;
  }
  const narrow = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    narrow[i] = value;
    // NaN is never equal, so a missing value keeps the table as it is.
    if (narrow[i] !== value) {
      return undefined;
    }
  }
  return narrow;
}
