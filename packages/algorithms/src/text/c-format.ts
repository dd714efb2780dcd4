/** C's and Python's `%g`: six significant digits, trailing zeros removed, an exponent below 1e-4 and from 1e6. */
export function formatGeneral(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }
  if (value === 0) {
    return "0";
  }
  const exponent = Number(value.toExponential(5).split("e")[1]);
  if (exponent < -4 || exponent >= 6) {
    const [mantissa = "", power = ""] = value.toExponential(5).split("e");
    return `${stripZeros(mantissa)}e${power.slice(0, 1)}${power.slice(1).padStart(2, "0")}`;
  }
  return stripZeros(value.toFixed(5 - exponent));
}

/** `%.5f`. */
export function formatFixed5(value: number): string {
  return Number.isFinite(value) ? value.toFixed(5) : formatGeneral(value);
}

function stripZeros(digits: string): string {
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}
