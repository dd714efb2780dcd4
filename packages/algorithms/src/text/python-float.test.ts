import { describe, expect, it } from "vitest";
import { formatFixed5, formatGeneral } from "./c-format.ts";
import { pythonFloat } from "./python-float.ts";

// Right-hand sides printed by CPython 3.11.
describe("pythonFloat", () => {
  it.each([
    [Math.fround(23.515491), "23.515491485595703"],
    [5, "5.0"],
    [-0, "-0.0"],
    [0.1, "0.1"],
    [0.0001, "0.0001"],
    [0.00001234, "1.234e-05"],
    [1e-7, "1e-07"],
    [1e15, "1000000000000000.0"],
    [1e16, "1e+16"],
    [1.5e300, "1.5e+300"],
    [Number.NaN, "nan"],
    [-Infinity, "-inf"],
  ])("prints %d as Python does", (value, text) => {
    expect(pythonFloat(value)).toBe(text);
  });
});

describe("formatGeneral and formatFixed5", () => {
  it.each([
    [18.8786, "18.8786", "18.87860"],
    [21.4940001, "21.494", "21.49400"],
    [0, "0", "0.00000"],
    [1234567, "1.23457e+06", "1234567.00000"],
    [999999.5, "1e+06", "999999.50000"],
    [0.0001, "0.0001", "0.00010"],
    [0.00001, "1e-05", "0.00001"],
    [Number.NaN, "nan", "nan"],
  ])("print %d as C does", (value, general, fixed) => {
    expect([formatGeneral(value), formatFixed5(value)]).toEqual([general, fixed]);
  });
});
