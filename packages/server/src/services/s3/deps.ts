import type { ObjectStore } from "../../platform/objects/object-store.ts";

/** What S3's operations stand on; wired in `main.ts`. Time comes with each call (`CallContext.now`), ids from the store. */
export interface S3Deps {
  readonly objects: ObjectStore;
}
