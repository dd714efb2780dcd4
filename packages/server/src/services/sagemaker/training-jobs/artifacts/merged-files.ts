import type { LeftFile, RunningWorkload } from "../../../../platform/compute/compute-backend.ts";

/** A directory of several hosts as one, sorted by path; where two hosts left the same path, the first host's file counts. */
export function mergedFiles(workloads: readonly RunningWorkload[], directory: string): AsyncIterable<LeftFile> {
  return {
    async *[Symbol.asyncIterator]() {
      const merged = new Map<string, LeftFile>();
      for (const workload of workloads) {
        for await (const file of workload.files(directory)) {
          if (!merged.has(file.path)) {
            merged.set(file.path, file);
          }
        }
      }
      yield* [...merged.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
    },
  };
}
