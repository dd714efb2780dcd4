/** A range of numbers; an absent bound is infinite. */
export interface Interval {
  readonly min?: number;
  readonly max?: number;
  /** The bound itself does not belong to the range. */
  readonly minOpen?: boolean;
  readonly maxOpen?: boolean;
}

export function intervalContains(interval: Interval, value: number): boolean {
  const { min = -Infinity, max = Infinity } = interval;
  const aboveMin = interval.minOpen === true ? value > min : value >= min;
  const belowMax = interval.maxOpen === true ? value < max : value <= max;
  return aboveMin && belowMax;
}

/** As AWS's containers print it: `[0, 1]`, `(0, +inf)`. */
export function describeInterval(interval: Interval): string {
  const lower = interval.min === undefined ? "(-inf" : `${interval.minOpen === true ? "(" : "["}${interval.min}`;
  const upper = interval.max === undefined ? "+inf)" : `${interval.max}${interval.maxOpen === true ? ")" : "]"}`;
  return `${lower}, ${upper}`;
}
