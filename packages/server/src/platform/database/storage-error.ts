/** The disk refused. Nothing of the write is visible, and the same write may succeed later. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  /** `full`: no space or quota left; `failed`: the device or file system reported an error. */
  readonly reason: "full" | "failed";

  constructor(reason: StorageError["reason"], cause: unknown) {
    super(
      reason === "full" ? "There is no space left for the data directory." : "The data directory cannot be written.",
      {
        cause,
      },
    );
    this.reason = reason;
  }
}

// EFBIG: a file-size limit of the process (`ulimit -f`) is to us what a full disk is.
const fullCodes = ["SQLITE_FULL", "ENOSPC", "EDQUOT", "EFBIG"];
const failedCodes = ["SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_CORRUPT", "EIO", "EROFS", "EMFILE"];

/** `error` as a `StorageError` where it comes from the disk; anything else as it is. */
export function asStorageError(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (fullCodes.some((known) => code.startsWith(known))) {
    return new StorageError("full", error);
  }
  return failedCodes.some((known) => code.startsWith(known)) ? new StorageError("failed", error) : error;
}
