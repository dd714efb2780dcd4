/**
 * A double as Python's `repr` and `str` print it: the shortest digits that read back equal, always with a point or an
 * exponent, the exponent of at least two digits below 1e-4 and from 1e16. `23.515491485595703`, `5.0`, `1e-05`, `nan`.
 */
export function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e16)) {
    // JavaScript and Python agree on the digits; `1e-7` needs only its exponent padded.
    const [mantissa = "", exponent = ""] = value.toExponential().split("e");
    const sign = exponent.startsWith("-") ? "-" : "+";
    return `${mantissa}e${sign}${exponent.slice(1).padStart(2, "0")}`;
  }
  if (Number.isInteger(value)) {
    return Object.is(value, -0) ? "-0.0" : `${value}.0`;
  }
  // Between 1e-6 and 1e-4 JavaScript would not use an exponent, but that range is handled above.
  return String(value);
}
