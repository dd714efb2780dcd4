import type { TransformJobStatus } from "@aws-sdk/client-sagemaker";
import type { TransformJobBody } from "./transform-job-record.ts";

/** From status → statuses. Every job ends in one of the three that lead nowhere. */
export const transformJobTransitions: Readonly<Partial<Record<TransformJobStatus, readonly TransformJobStatus[]>>> = {
  InProgress: ["Stopping", "Completed", "Failed", "Stopped"],
  Stopping: ["Stopped", "Failed"],
};

export function isTerminal(status: string): boolean {
  return status === "Completed" || status === "Failed" || status === "Stopped";
}

/** How a run ended. */
export interface Ending {
  readonly status: "Completed" | "Failed" | "Stopped";
  readonly failureReason?: string;
}

export function end(body: TransformJobBody, ending: Ending, now: Date): TransformJobBody {
  return { ...body, ...ending, endedAt: now };
}
