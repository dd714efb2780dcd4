import type * as cloudwatchLogs from "@aws-sdk/client-cloudwatch-logs";
import type { LogStore } from "../../platform/logs/log-store.ts";

export interface LogsDeps {
  readonly logs: LogStore;
}

/** The client package whose types name the operations of CloudWatch Logs. */
export type LogsApi = typeof cloudwatchLogs;
