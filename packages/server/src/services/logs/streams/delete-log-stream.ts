import type { Operation } from "../../operation.ts";
import { streamArn } from "../arns.ts";
import type { LogsApi, LogsDeps } from "../deps.ts";
import { missingStream } from "./missing.ts";

export const deleteLogStream: Operation<LogsApi, "DeleteLogStream", LogsDeps> = {
  name: "DeleteLogStream",

  permissions(input, { scope }) {
    return [{ action: "logs:DeleteLogStream", resource: streamArn(scope, input.logGroupName, input.logStreamName) }];
  },

  async run(input, { scope }, deps) {
    if (!(await deps.logs.deleteStream(scope, input.logGroupName, input.logStreamName))) {
      throw await missingStream(deps, scope, input.logGroupName);
    }
    return {};
  },
};
