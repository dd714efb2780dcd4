import type { ArchiveError } from "./archive-error.ts";

/** Model data that cannot be brought into a container; `message` is for the FailureReason, in AWS's words. */
export class ModelDataError extends Error {
  override readonly name = "ModelDataError";

  static download(uri: string): ModelDataError {
    return new ModelDataError(
      `Failed to download model data for container "container_1" from URL: "${uri}". Please ensure that there is an object located at the URL and that the role passed to CreateModel has permissions to download the model.`,
    );
  }

  static archive(uri: string, cause: ArchiveError): ModelDataError {
    return new ModelDataError(
      `Failed to extract model data archive for container "container_1" from URL "${uri}". Please ensure that the object located at the URL is a valid tar.gz archive (${cause.message}).`,
      { cause },
    );
  }
}
