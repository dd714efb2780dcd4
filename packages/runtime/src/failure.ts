import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { mlPaths } from "./ml-root.ts";

/** Whose turn it is after a failure: the user who made the request, the algorithm's authors, or whoever runs the platform. */
export type Blame = "user" | "algorithm" | "platform";

/** First words of a failure file, by which the platform tells whose turn it is; AWS's own images write the same. */
const prefixes: Readonly<Record<Blame, string>> = {
  user: "Customer Error: ",
  algorithm: "",
  platform: "Platform Error: ",
};

/** Longest text that becomes a FailureReason. */
const maxFailureChars = 1024;

/** Writes `output/failure`, whose first 1024 characters become the job's FailureReason. */
export async function writeFailure(root: string, blame: Blame, message: string): Promise<void> {
  const path = join(root, mlPaths.failure);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, (prefixes[blame] + message).slice(0, maxFailureChars));
}
