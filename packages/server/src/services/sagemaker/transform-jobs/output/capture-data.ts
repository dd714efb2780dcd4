import type { SageMakerDeps } from "../../deps.ts";
import { captureHour } from "../../data-capture/capture-key.ts";
import { objectArn, type S3Location, s3Uri } from "../../s3-uri.ts";
import type { RoleAccess } from "../../jobs/role-access.ts";
import type { InputObject } from "../input/input-objects.ts";
import { clientError } from "../run/transform-failure.ts";
import type { TransformJobRequest } from "../transform-job-record.ts";
import { outputFolder, outputLocation } from "./output-location.ts";

/**
 * Writes down what a job read and what it stored, where its DataCaptureConfig asks for it: manifests of the objects, so that no
 * data is kept twice, below `input/` and `output/` of the destination, each in the folder of its hour.
 * @throws TransformFailure when they cannot be written
 */
export async function captureData(
  request: TransformJobRequest,
  transformed: readonly InputObject[],
  access: RoleAccess,
  deps: Pick<SageMakerDeps, "clock" | "ids">,
): Promise<void> {
  const destination = request.DataCaptureConfig?.DestinationS3Uri;
  const [first] = transformed;
  if (destination === undefined || first === undefined) {
    return;
  }
  const { bucket, key } = outputFolder(destination);
  const hour = captureHour(deps.clock.now());
  const sides = {
    input: manifest({ ...first, key: first.key.slice(0, first.key.length - first.path.length) }, transformed),
    output: manifest(
      outputFolder(request.TransformOutput.S3OutputPath),
      transformed.map((object) => outputLocation(request, object)),
    ),
  };
  for (const [side, text] of Object.entries(sides)) {
    await store({ bucket, key: `${key}${side}/${hour}/${deps.ids.uuid()}.json` }, text, access);
  }
}

/** A ManifestFile: the prefix, and what comes behind it in each object's key. */
function manifest(prefix: S3Location, objects: readonly S3Location[]): string {
  return JSON.stringify([{ prefix: s3Uri(prefix) }, ...objects.map(({ key }) => key.slice(prefix.key.length))]);
}

async function store(location: S3Location, text: string, { session, roleArn, objects }: RoleAccess): Promise<void> {
  if (!(await session.allows("s3:PutObject", objectArn(location)))) {
    throw clientError(
      `Data capture failed: the role "${roleArn}" is not allowed to s3:PutObject on ${s3Uri(location)}`,
    );
  }
  const { outcome } = await objects.put(location.bucket, location.key, Buffer.from(text));
  if (outcome !== "stored") {
    throw clientError(`Data capture failed: the bucket of ${s3Uri(location)} does not exist`);
  }
}
