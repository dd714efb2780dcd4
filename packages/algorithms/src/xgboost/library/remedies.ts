/** What a person can do where libxgboost is missing or unfit. Whole sentences. */
export const remedies: string = [
  "Run `clary doctor --fix` where pip reaches a package index,",
  "or set CLARY_LIBXGBOOST to the path of a libxgboost 1.7 or later",
  "(`pip install xgboost-cpu` brings one in its xgboost/lib folder),",
  "or install your system's package (Debian and Ubuntu: libxgboost0).",
].join(" ");
