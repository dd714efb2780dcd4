import { describe, expect, it } from "vitest";
import { readNpy, writeNpy } from "./npy.ts";

describe("NPY", () => {
  // numpy.save of numpy.array([[1, 2.5]], dtype='<f8'), version 1.
  it("reads what NumPy writes", () => {
    const header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }".padEnd(117) + "\n";
    const prefix = Buffer.from("\x93NUMPY\x01\x00\x76\x00", "latin1");
    const data = Buffer.from(Float64Array.of(1, 2.5).buffer);
    expect(readNpy(Buffer.concat([prefix, Buffer.from(header), data]))).toEqual({
      shape: [1, 2],
      values: Float64Array.of(1, 2.5),
    });
  });

  it.each([
    { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) },
    { shape: [3], values: Int32Array.of(-1, 0, 1) },
    { shape: [1], values: BigInt64Array.of(5n) },
    { shape: [0, 3], values: new Uint8Array(0) },
  ])("reads what it writes: shape $shape", (array) => {
    expect(readNpy(writeNpy(array))).toEqual(array);
    expect(writeNpy(array).indexOf("\n") % 64).toBe(63);
  });

  it.each([
    [Buffer.from("nothing of the kind"), "not an NPY file"],
    [writeNpy({ shape: [4], values: Float32Array.of(1, 2, 3, 4) }).subarray(0, 140), "the NPY file is cut off"],
    [
      Buffer.from(
        writeNpy({ shape: [1], values: Float32Array.of(1) })
          .toString("latin1")
          .replace("False", "True "),
        "latin1",
      ),
      "NPY arrays in column order are not supported",
    ],
    [
      Buffer.from(
        writeNpy({ shape: [1], values: Float32Array.of(1) })
          .toString("latin1")
          .replace("<f4", "|O "),
        "latin1",
      ),
      "NPY arrays of type '|O ' are not supported",
    ],
  ])("refuses what it cannot read", (bytes, message) => {
    expect(() => readNpy(bytes)).toThrow(message);
  });
});
