/** What an image tag stands for, where its versions differ. */
export interface XgboostImage {
  /** `0.72`, `1.2-1` … */
  readonly version: string;
  /** Framework release, `major.minor`: the libxgboost that would be the right one. */
  readonly release: string;
  /**
   * Form of `xgboost-model`: a pickled Python Booster up to 1.2, then what `Booster.save_model` wrote to a name without a
   * suffix: the binary form up to 2.0, UBJSON later.
   */
  readonly artifact: "pickle" | "binary" | "ubj";
  /** How a CSV answer of several rows is joined outside batch transform. */
  readonly csvSeparator: "," | "\n";
  /** Whether `Accept` is honoured; before, the answer is always CSV. */
  readonly honoursAccept: boolean;
  /** Evaluation values as `%g` or `%.5f`. */
  readonly metricFormat: "general" | "fixed";
  /** Whether the early stopping of that Python package announced itself in the log. */
  readonly announcesEarlyStopping: boolean;
  /**
   * Whether the library of that release started from base_score 0.5 and chose `exact` for small data. Libraries from 2.0
   * estimate base_score and use `hist`, so that both must be asked for.
   */
  readonly fixedDefaults: boolean;
  /** 0.72 is another program than the later ones: its log, its formats and its parameters differ. */
  readonly firstGeneration: boolean;
}

/** Facts about the image of a version that the manifest lists. */
export function xgboostImage(version: string): XgboostImage {
  const release = version.split("-")[0] ?? version;
  const [major = 0, minor = 0] = release.split(".").map(Number);
  const atLeast = (wantedMajor: number, wantedMinor: number): boolean =>
    major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
  return {
    version,
    release,
    artifact: atLeast(2, 1) ? "ubj" : atLeast(1, 3) ? "binary" : "pickle",
    csvSeparator: atLeast(1, 3) ? "\n" : ",",
    honoursAccept: atLeast(1, 3),
    metricFormat: atLeast(1, 0) ? "fixed" : "general",
    announcesEarlyStopping: !atLeast(1, 3),
    fixedDefaults: !atLeast(2, 0),
    firstGeneration: !atLeast(0, 90),
  };
}
