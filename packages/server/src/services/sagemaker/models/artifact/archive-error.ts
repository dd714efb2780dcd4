/** An archive that is damaged, or that holds what must not be unpacked; `message` says which and is fit for a FailureReason. */
export class ArchiveError extends Error {
  override readonly name = "ArchiveError";
}
