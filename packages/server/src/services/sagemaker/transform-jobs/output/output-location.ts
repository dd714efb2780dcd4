import { parseS3Uri, type S3Location } from "../../s3-uri.ts";
import type { InputObject } from "../input/input-objects.ts";
import { clientError } from "../run/transform-failure.ts";
import type { TransformJobRequest } from "../transform-job-record.ts";

/**
 * `<S3OutputPath>/<path of the input>.out`, whether or not the output path ends in a slash. The suffix comes behind whatever the
 * input is named, `.gz` included.
 */
export function outputLocation({ TransformOutput: output }: TransformJobRequest, object: InputObject): S3Location {
  const { bucket, key } = outputFolder(output.S3OutputPath);
  return { bucket, key: `${key}${object.path}.out` };
}

/** Where a path's objects go: its key ends in a slash, or is empty. */
export function outputFolder(uri: string): S3Location {
  const location = parseS3Uri(uri);
  if (location === undefined) {
    throw clientError(`"${uri}" is not an S3 URI`);
  }
  const { bucket, key } = location;
  return { bucket, key: key === "" || key.endsWith("/") ? key : `${key}/` };
}
