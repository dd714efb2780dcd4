import type { Operation } from "../../operation.ts";
import { streamArn } from "../arns.ts";
import type { LogsApi, LogsDeps } from "../deps.ts";
import { invalidParameter, noSuchGroup } from "../errors.ts";
import { retentionDays } from "./retention-days.ts";

export const putRetentionPolicy: Operation<LogsApi, "PutRetentionPolicy", LogsDeps> = {
  name: "PutRetentionPolicy",

  permissions(input, { scope }) {
    return [{ action: "logs:PutRetentionPolicy", resource: streamArn(scope, input.logGroupName) }];
  },

  async run(input, { scope }, { logs }) {
    const days = input.retentionInDays;
    if (!retentionDays.includes(days)) {
      throw invalidParameter(
        `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${retentionDays.join(", ")}]`,
      );
    }
    if (!(await logs.setRetention(scope, input.logGroupName, days))) {
      throw noSuchGroup();
    }
    return {};
  },
};
