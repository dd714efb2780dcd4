/**
 * The parts of XGBoost's C API that Clary calls, as koffi reads them. Handles travel as numbers (`uintptr_t`); out
 * parameters are one-element arrays. Source: `include/xgboost/c_api.h` of releases 1.7 to 3.2.
 */
export const requiredFunctions = {
  XGBoostVersion: "void XGBoostVersion(_Out_ int *major, _Out_ int *minor, _Out_ int *patch)",
  XGBGetLastError: "const char *XGBGetLastError()",
  XGBRegisterLogCallback: "int XGBRegisterLogCallback(ClaryXgboostLog *callback)",
  XGBSetGlobalConfig: "int XGBSetGlobalConfig(const char *json)",
  XGDMatrixCreateFromDense: "int XGDMatrixCreateFromDense(const char *data, const char *config, _Out_ uintptr_t *out)",
  XGDMatrixCreateFromCSR:
    "int XGDMatrixCreateFromCSR(const char *indptr, const char *indices, const char *data, uint64_t columns, const char *config, _Out_ uintptr_t *out)",
  XGDMatrixFree: "int XGDMatrixFree(uintptr_t matrix)",
  XGDMatrixNumRow: "int XGDMatrixNumRow(uintptr_t matrix, _Out_ uint64_t *out)",
  XGDMatrixNumCol: "int XGDMatrixNumCol(uintptr_t matrix, _Out_ uint64_t *out)",
  XGDMatrixSetInfoFromInterface:
    "int XGDMatrixSetInfoFromInterface(uintptr_t matrix, const char *field, const char *data)",
  XGDMatrixSliceDMatrixEx:
    "int XGDMatrixSliceDMatrixEx(uintptr_t matrix, const void *rows, uint64_t length, _Out_ uintptr_t *out, int allowGroups)",
  XGBoosterCreate: "int XGBoosterCreate(uintptr_t *matrices, uint64_t length, _Out_ uintptr_t *out)",
  XGBoosterFree: "int XGBoosterFree(uintptr_t booster)",
  XGBoosterSetParam: "int XGBoosterSetParam(uintptr_t booster, const char *name, const char *value)",
  XGBoosterUpdateOneIter: "int XGBoosterUpdateOneIter(uintptr_t booster, int iteration, uintptr_t matrix)",
  XGBoosterEvalOneIter:
    "int XGBoosterEvalOneIter(uintptr_t booster, int iteration, uintptr_t *matrices, const char **names, uint64_t length, _Out_ const char **out)",
  XGBoosterBoostedRounds: "int XGBoosterBoostedRounds(uintptr_t booster, _Out_ int *out)",
  XGBoosterSetAttr: "int XGBoosterSetAttr(uintptr_t booster, const char *name, const char *value)",
  XGBoosterSlice: "int XGBoosterSlice(uintptr_t booster, int begin, int end, int step, _Out_ uintptr_t *out)",
  XGBoosterSaveModelToBuffer:
    "int XGBoosterSaveModelToBuffer(uintptr_t booster, const char *config, _Out_ uint64_t *length, _Out_ void **out)",
  XGBoosterLoadModelFromBuffer:
    "int XGBoosterLoadModelFromBuffer(uintptr_t booster, const void *buffer, uint64_t length)",
  XGBoosterSaveJsonConfig:
    "int XGBoosterSaveJsonConfig(uintptr_t booster, _Out_ uint64_t *length, _Out_ const char **out)",
  XGBoosterPredictFromDMatrix:
    "int XGBoosterPredictFromDMatrix(uintptr_t booster, uintptr_t matrix, const char *config, _Out_ void **shape, _Out_ uint64_t *dimensions, _Out_ void **out)",
  XGCommunicatorInit: "int XGCommunicatorInit(const char *config)",
  XGCommunicatorFinalize: "int XGCommunicatorFinalize()",
  XGCommunicatorGetRank: "int XGCommunicatorGetRank()",
  XGCommunicatorBroadcast: "int XGCommunicatorBroadcast(void *buffer, uint64_t bytes, int root)",
} as const;

/** Since 2.1 the library brings its own tracker for distributed training. */
export const trackerFunctions = {
  XGTrackerCreate: "int XGTrackerCreate(const char *config, _Out_ uintptr_t *out)",
  XGTrackerRun: "int XGTrackerRun(uintptr_t tracker, const char *config)",
  XGTrackerWorkerArgs: "int XGTrackerWorkerArgs(uintptr_t tracker, _Out_ const char **out)",
  XGTrackerWaitFor: "int XGTrackerWaitFor(uintptr_t tracker, const char *config)",
  XGTrackerFree: "int XGTrackerFree(uintptr_t tracker)",
} as const;

/** C type of {@link requiredFunctions.XGBRegisterLogCallback}'s argument. */
export const logCallbackType = "void ClaryXgboostLog(const char *message)";
