import type { Readable } from "node:stream";
import { objectArn, type S3Location, s3Uri } from "../../s3-uri.ts";
import type { RoleAccess } from "../../jobs/role-access.ts";
import { ObjectFailure } from "../run/object-failure.ts";

/**
 * The bytes of an object, read with the rights of the model's role. They stop when `signal` aborts.
 * @throws ObjectFailure when it is not there or may not be read
 */
export async function openObject(location: S3Location, access: RoleAccess, signal: AbortSignal): Promise<Readable> {
  signal.throwIfAborted();
  if (!(await access.session.allows("s3:GetObject", objectArn(location)))) {
    throw new ObjectFailure("client", [
      `Access denied: the role "${access.roleArn}" is not allowed to s3:GetObject on ${s3Uri(location)}`,
    ]);
  }
  const open = await access.objects.open(location.bucket, location.key);
  if (open === undefined) {
    throw new ObjectFailure("client", [`${s3Uri(location)} does not exist`]);
  }
  const stream = open.stream();
  const abort = (): void => void stream.destroy(signal.reason as Error);
  signal.addEventListener("abort", abort, { once: true });
  stream.once("close", () => {
    signal.removeEventListener("abort", abort);
    void open.close();
  });
  return stream;
}
