import type { Operation } from "../../operation.ts";
import { streamArn } from "../arns.ts";
import type { LogsApi, LogsDeps } from "../deps.ts";
import { noSuchGroup, streamExists } from "../errors.ts";

export const createLogStream: Operation<LogsApi, "CreateLogStream", LogsDeps> = {
  name: "CreateLogStream",

  permissions(input, { scope }) {
    return [{ action: "logs:CreateLogStream", resource: streamArn(scope, input.logGroupName, input.logStreamName) }];
  },

  async run(input, { scope }, { logs }) {
    const outcome = await logs.createStream(scope, input.logGroupName, input.logStreamName);
    if (outcome === "no-such-group") {
      throw noSuchGroup();
    }
    if (outcome === "exists") {
      throw streamExists();
    }
    return {};
  },
};
