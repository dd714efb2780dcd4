/** Where XGBoost's library is and how it gets there; nothing native is loaded by this. */
export { cacheDirectory, type Environment } from "./xgboost/library/environment.ts";
export { findLibrary, type LibraryLocation } from "./xgboost/library/find-library.ts";
export { type InstallOptions, installLibrary } from "./xgboost/library/install-library.ts";
