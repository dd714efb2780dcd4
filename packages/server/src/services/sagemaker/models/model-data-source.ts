import { validationException } from "../errors.ts";
import { parseS3Uri, type S3Location } from "../s3-uri.ts";
import type { ModelContainer } from "./model-record.ts";

/** Where a model's files come from. */
export type ModelData =
  /** One `.tar.gz`. */
  | { readonly form: "archive"; readonly uri: string; readonly location: S3Location }
  /** All objects below a prefix, or one object, as they are. */
  | { readonly form: "objects"; readonly uri: string; readonly location: S3Location; readonly single: boolean };

/**
 * Undefined for a container that brings its own model.
 * @throws AwsError `ValidationException` for an address that is none, or a source that cannot be read here.
 */
export function modelDataOf(container: ModelContainer): ModelData | undefined {
  if (container.ModelDataUrl !== undefined) {
    return { form: "archive", uri: container.ModelDataUrl, location: locationOf(container.ModelDataUrl) };
  }
  const source = container.ModelDataSource?.S3DataSource;
  if (source === undefined) {
    return undefined;
  }
  const location = locationOf(source.S3Uri);
  const single = source.S3DataType === "S3Object";
  if (source.CompressionType === "Gzip") {
    if (!single) {
      throw validationException("CompressionType Gzip requires S3DataType S3Object.");
    }
    return { form: "archive", uri: source.S3Uri, location };
  }
  if (!single && location.key !== "" && !location.key.endsWith("/")) {
    throw validationException(`The S3Uri "${source.S3Uri}" of S3DataType S3Prefix must end with a forward slash.`);
  }
  return { form: "objects", uri: source.S3Uri, location, single };
}

function locationOf(uri: string): S3Location {
  const location = parseS3Uri(uri);
  if (location === undefined) {
    throw validationException(
      `The model data address "${uri}" is not an S3 address. It must look like s3://bucket/key.`,
    );
  }
  return location;
}
