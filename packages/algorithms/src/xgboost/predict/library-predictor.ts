import type { DenseTable, SparseTable } from "@clary/formats";
import { Booster, type Predictions } from "../library/booster.ts";
import { DMatrix } from "../library/d-matrix.ts";
import type { NativeLibrary } from "../library/native-library.ts";
import type { BoosterModel } from "../model/booster-model.ts";
import { modelToUbjson } from "../model/to-document.ts";
import type { RowPredictor } from "./flat-predictor.ts";

export interface LibraryModel {
  readonly model: BoosterModel;
  /** Rounds to predict with; all when 0. */
  readonly rounds: number;
  readonly threads: number;
}

/** Predicts with libxgboost itself. Must be closed. */
export class LibraryPredictor implements RowPredictor {
  readonly #library: NativeLibrary;
  readonly #booster: Booster;
  readonly #options: LibraryModel;

  private constructor(library: NativeLibrary, booster: Booster, options: LibraryModel) {
    this.#library = library;
    this.#booster = booster;
    this.#options = options;
  }

  /** Opens the artifact's bytes where they are JSON or UBJSON, else the parsed model: libraries from 3.1 read no other form. */
  static open(library: NativeLibrary, artifact: Uint8Array, options: LibraryModel): LibraryPredictor {
    const booster = Booster.create(library);
    booster.load(libraryForm(artifact, options.model));
    booster.setParameter("nthread", String(options.threads));
    return new LibraryPredictor(library, booster, options);
  }

  predict(features: DenseTable | SparseTable): Predictions {
    const { threads, rounds, model } = this.#options;
    const matrix =
      "indptr" in features
        ? DMatrix.fromSparse(this.#library, narrow(features, model.features), threads)
        : DMatrix.fromDense(this.#library, features, threads);
    try {
      return this.#booster.predict(matrix, { rounds: model.booster.kind === "linear" ? 0 : rounds });
    } finally {
      matrix.free();
    }
  }

  close(): void {
    this.#booster.free();
  }
}

const OPENING_BRACE = 0x7b;

function libraryForm(artifact: Uint8Array, model: BoosterModel): Uint8Array {
  return artifact[0] === OPENING_BRACE ? artifact : modelToUbjson(model);
}

/** LIBSVM rows may have one column more than the model; the library refuses what the container drops. */
function narrow(table: SparseTable, columns: number): SparseTable {
  if (table.columns <= columns) {
    return table;
  }
  // Not stored is missing, so an entry that must not count becomes one: NaN in a column that exists.
  const values = Float32Array.from(table.values, (value, entry) =>
    (table.indices[entry] ?? 0) < columns ? value : Number.NaN,
  );
  const indices = Uint32Array.from(table.indices, (index) => Math.min(index, columns - 1));
  return { ...table, values, indices, columns };
}
