import type { Caller } from "../../services/caller.ts";
import type { SignedBody } from "../body/signed-body.ts";

/** What a signature that holds says: who called, for which region, with which body. */
export interface SignedBy {
  readonly caller: Caller;
  readonly region: string;
  readonly signedBody: SignedBody;
}
