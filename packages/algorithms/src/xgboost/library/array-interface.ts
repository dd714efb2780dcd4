import koffi from "koffi";

/** Typed arrays that the library reads without a copy. */
export type NativeArray = Float32Array | Float64Array | Uint32Array | Int32Array | Uint8Array;

/**
 * NumPy's `__array_interface__`, version 3, as JSON: how the library is told where an array is. The array must stay
 * referenced until the call returns.
 */
export function arrayInterface(array: NativeArray, shape: readonly number[]): string {
  // Text by hand: the address is a BigInt, which JSON.stringify refuses.
  return `{"data":[${koffi.address(array)},true],"shape":[${shape.join(",")}],"typestr":"${typeString(array)}","version":3}`;
}

function typeString(array: NativeArray): string {
  if (array instanceof Float32Array) {
    return "<f4";
  }
  if (array instanceof Float64Array) {
    return "<f8";
  }
  if (array instanceof Uint8Array) {
    return "|u1";
  }
  return array instanceof Uint32Array ? "<u4" : "<i4";
}
