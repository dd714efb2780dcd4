/** An image that Clary can run, found by the repository and tag of its URI; account and region do not matter. */
export interface ResolvedImage {
  /** As the request named it. */
  readonly uri: string;
  /** `xgboost`, `sagemaker-xgboost` … */
  readonly repository: string;
  readonly tag: string;
  /** Folder of the algorithm in `@clary/algorithms`. */
  readonly algorithm: string;
  /** Framework version that the tag asks for: `0.72`, `1.2-1` … */
  readonly version: string;
}

export interface ImageCatalog {
  /** Undefined when nothing here can run the image. */
  resolve(uri: string): ResolvedImage | undefined;
  /** `repository:tag` of all images there are, for error messages. */
  list(): readonly string[];
}
