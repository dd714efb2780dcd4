import type { AwsError } from "@clary/wire";
import type { Scope } from "../../../platform/scope.ts";
import type { LogsDeps } from "../deps.ts";
import { noSuchGroup, noSuchStream } from "../errors.ts";

/** The error for a stream that was not found: its group may be what is missing. */
export async function missingStream({ logs }: LogsDeps, scope: Scope, group: string): Promise<AwsError> {
  return (await logs.getGroup(scope, group)) === undefined ? noSuchGroup() : noSuchStream();
}
