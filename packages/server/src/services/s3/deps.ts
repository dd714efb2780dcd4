import type { ObjectStore } from "../../platform/objects/object-store.ts";
import type { Authoriser } from "../access.ts";

/** What S3's operations stand on; wired in `main.ts`. Time comes with each call (`CallContext.now`), ids from the store. */
export interface S3Deps {
  readonly objects: ObjectStore;
  /** Asked where what an operation finds decides what the caller may learn: whether a key is missing. */
  readonly authoriser: Authoriser;
}
