/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** The median of the ratios of two paired series; pairing takes out the machine's drift. @param {number[]} a @param {number[]} b */
export function pairedRatio(a, b) {
  return median(a.map((value, index) => value / (b[index] ?? Number.NaN)));
}
