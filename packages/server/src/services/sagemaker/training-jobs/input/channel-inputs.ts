import { clientError } from "../../jobs/job-failure.ts";
import type { TrainingJobBody } from "../training-job-record.ts";
import type { ChannelInput } from "./channel-input.ts";
import type { RoleAccess } from "../../jobs/role-access.ts";
import { channelObjects } from "./channel-objects.ts";

/** A job's channels with their objects, in the order of the request. */
export async function channelInputs(
  request: TrainingJobBody["request"],
  access: RoleAccess,
): Promise<readonly ChannelInput[]> {
  const inputs: ChannelInput[] = [];
  for (const channel of request.InputDataConfig ?? []) {
    const objects = await channelObjects(channel, access);
    const inputMode = channel.InputMode ?? request.AlgorithmSpecification?.TrainingInputMode ?? "File";
    for (const { path, key } of inputMode === "Pipe" ? [] : objects) {
      if (!isFilePath(path)) {
        throw clientError(`Data download failed: the key "${key}" cannot be the path of a file`);
      }
    }
    inputs.push({ channel, inputMode, objects });
  }
  return inputs;
}

/** Keys are any text; as a path, some of them would climb out of their directory or mean another file. */
function isFilePath(path: string): boolean {
  return !/[\\\0]/.test(path) && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
