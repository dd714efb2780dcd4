/** Data, or an answer, that filters or joins cannot work on. The message is for the job's log. */
export class ProcessingError extends Error {
  override readonly name = "ProcessingError";
}
