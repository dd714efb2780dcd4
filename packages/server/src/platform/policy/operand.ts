import type { RequestKeys } from "./request-keys.ts";

/** Compares one value of the request with one value of the policy. Undefined when they cannot be compared. */
export type Operand = (value: string, keys: RequestKeys) => boolean | undefined;
