import { describe, expect, it } from "vitest";
import { narrowValues } from "./narrow-values.ts";

describe("narrowValues", () => {
  it("keeps whole numbers that a byte holds", () => {
    expect(narrowValues(Float32Array.of(0, 1, 255, 7), 0)).toEqual(Uint8Array.of(0, 1, 255, 7));
  });

  it.each([256, -1, 0.5, NaN, Infinity])("leaves a table with %d as it is", (value) => {
    expect(narrowValues(Float32Array.of(1, value, 2), 0)).toBeUndefined();
  });

  it("does not look at small tables", () => {
    expect(narrowValues(Float32Array.of(1, 2))).toBeUndefined();
  });
});
