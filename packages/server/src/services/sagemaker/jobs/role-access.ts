import type { ObjectInfo, ObjectStore } from "../../../platform/objects/object-store.ts";
import type { RoleSession } from "../deps.ts";
import type { S3Location } from "../s3-uri.ts";

/** Objects as a job's role may see them. */
export interface RoleAccess {
  readonly objects: ObjectStore;
  readonly session: RoleSession;
  readonly roleArn: string;
}

const pageSize = 1000;

/** All objects with a prefix, page by page. */
export async function* objectsUnder(objects: ObjectStore, location: S3Location): AsyncIterable<ObjectInfo> {
  let after = "";
  for (;;) {
    const page = await objects.list(location.bucket, { prefix: location.key, delimiter: "", after, limit: pageSize });
    yield* page.objects;
    if (page.next === undefined) {
      return;
    }
    after = page.next;
  }
}
