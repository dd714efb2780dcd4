import type { Scope } from "../../platform/scope.ts";

/** Without the `:*` that some answers append. */
export const groupArn = ({ region, account }: Scope, group: string): string =>
  `arn:aws:logs:${region}:${account}:log-group:${group}`;

/**
 * What permissions are asked on. AWS names a stream also where an action has none: its refusals were seen to read
 * `…:log-group:/aws/sagemaker/TrainingJobs:log-stream:`, which policies on `…:log-group:<name>:*` match.
 */
export const streamArn = (scope: Scope, group: string, stream = ""): string =>
  `${groupArn(scope, group)}:log-stream:${stream}`;
