import koffi from "koffi";
import type { DMatrix } from "./d-matrix.ts";
import type { NativeHandle, NativeLibrary } from "./native-library.ts";

/** Predictions: `rows` times `width` values. */
export interface Predictions {
  readonly values: Float32Array;
  readonly width: number;
}

export interface PredictOptions {
  /** Before the objective's transformation. */
  readonly margin?: boolean;
  /** Rounds to use, from the first; all when 0 or absent. */
  readonly rounds?: number;
}

/** A named matrix to evaluate on. */
export interface EvaluationSet {
  readonly name: string;
  readonly matrix: DMatrix;
}

/** XGBoost's model under training or in service. Must be freed. */
export class Booster {
  readonly #library: NativeLibrary;
  readonly #handle: NativeHandle;

  private constructor(library: NativeLibrary, handle: NativeHandle) {
    this.#library = library;
    this.#handle = handle;
  }

  /** An empty model; the matrices are those it will train and be evaluated on. */
  static create(library: NativeLibrary, matrices: readonly DMatrix[] = []): Booster {
    const out: NativeHandle[] = [0];
    const handles = matrices.map((matrix) => matrix.handle);
    library.call("XGBoosterCreate", handles, handles.length, out);
    return new Booster(library, out[0] ?? 0);
  }

  setParameter(name: string, value: string): void {
    this.#library.call("XGBoosterSetParam", this.#handle, name, value);
  }

  /** Stored in the model; Python reads `best_iteration` and `best_score` from here. */
  setAttribute(name: string, value: string): void {
    this.#library.call("XGBoosterSetAttr", this.#handle, name, value);
  }

  /** One boosting round. */
  update(iteration: number, matrix: DMatrix): void {
    this.#library.call("XGBoosterUpdateOneIter", this.#handle, iteration, matrix.handle);
  }

  /** The library's own evaluation line: `[0]\ttrain-rmse:18.87...\tvalidation-rmse:...`, with full precision. */
  evaluate(iteration: number, sets: readonly EvaluationSet[]): string {
    const out: string[] = [""];
    const handles = sets.map((set) => set.matrix.handle);
    const names = sets.map((set) => set.name);
    this.#library.call("XGBoosterEvalOneIter", this.#handle, iteration, handles, names, sets.length, out);
    return out[0] ?? "";
  }

  /** Rounds in the model. */
  rounds(): number {
    const out = [0];
    this.#library.call("XGBoosterBoostedRounds", this.#handle, out);
    return out[0] ?? 0;
  }

  /** The model in one of the library's forms; `deprecated` only before 3.1. */
  save(format: "ubj" | "json" | "deprecated"): Buffer {
    const length: NativeHandle[] = [0];
    const out: unknown[] = [null];
    this.#library.call("XGBoosterSaveModelToBuffer", this.#handle, JSON.stringify({ format }), length, out);
    // The library reuses its buffer at the next call.
    return Buffer.from(new Uint8Array(koffi.view(out[0], Number(length[0]))));
  }

  /** Takes JSON, UBJSON and, before 3.1, the deprecated binary form. */
  load(model: Uint8Array): void {
    this.#library.call("XGBoosterLoadModelFromBuffer", this.#handle, model, model.length);
  }

  /** All parameters in effect, as the library's JSON. */
  configuration(): string {
    const length: NativeHandle[] = [0];
    const out: string[] = [""];
    this.#library.call("XGBoosterSaveJsonConfig", this.#handle, length, out);
    return out[0] ?? "";
  }

  /** A booster of the first `rounds` rounds. */
  slice(rounds: number): Booster {
    const out: NativeHandle[] = [0];
    this.#library.call("XGBoosterSlice", this.#handle, 0, rounds, 1, out);
    return new Booster(this.#library, out[0] ?? 0);
  }

  predict(matrix: DMatrix, options: PredictOptions = {}): Predictions {
    const shape: unknown[] = [null];
    const dimensions: NativeHandle[] = [0];
    const out: unknown[] = [null];
    const config = predictConfig(options);
    this.#library.call("XGBoosterPredictFromDMatrix", this.#handle, matrix.handle, config, shape, dimensions, out);
    const sizes = new BigUint64Array(koffi.view(shape[0], Number(dimensions[0]) * 8));
    const count = sizes.reduce((product, size) => product * Number(size), 1);
    const values =
      count === 0 ? new Float32Array(0) : Float32Array.from(new Float32Array(koffi.view(out[0], count * 4)));
    return { values, width: matrix.rows === 0 ? 1 : count / matrix.rows };
  }

  free(): void {
    this.#library.call("XGBoosterFree", this.#handle);
  }
}

function predictConfig(options: PredictOptions): string {
  return JSON.stringify({
    type: options.margin === true ? 1 : 0,
    training: false,
    iteration_begin: 0,
    iteration_end: options.rounds ?? 0,
    strict_shape: false,
  });
}
