import type * as iam from "@aws-sdk/client-iam";
import type { Ids } from "../../platform/ids/ids.ts";
import type { Directory } from "./directory/directory.ts";

export interface IamDeps {
  readonly directory: Directory;
  readonly ids: Ids;
}

/** The client package whose types name IAM's operations. */
export type IamApi = typeof iam;
