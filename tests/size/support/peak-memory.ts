import { forgetPeaks, treeMemory } from "../../support/process-table.ts";

/** How much memory something took. */
export interface Measured<T> {
  readonly result: T;
  /** The most that a process and all that it started had at one time, shared pages counted once. */
  readonly peakMiB: number;
  readonly seconds: number;
}

/** How often it is looked at. Reading the kernel's sums takes milliseconds for a process of gigabytes. */
const everyMs = 20;

/**
 * Watches the processes below `pid` while `work` goes on. The library was seen to take 300 MiB more for a tenth of a second,
 * which looks miss on a busy machine; so what the kernel's own mark of each process shows above all looks at it is added.
 */
export async function measureMemory<T>(pid: number, work: () => Promise<T>): Promise<Measured<T>> {
  let seenPeak = 0;
  const missed = new Map<number, { readonly seen: number; readonly mark: number }>();
  const look = (): void => {
    const processes = treeMemory(pid);
    seenPeak = Math.max(seenPeak, sum(processes.map(({ proportional }) => proportional)));
    for (const each of processes) {
      const before = missed.get(each.pid) ?? { seen: 0, mark: 0 };
      const seen = Math.max(before.seen, each.resident);
      missed.set(each.pid, { seen, mark: Math.max(before.mark, each.residentPeak) });
    }
  };
  forgetPeaks(pid);
  const timer = setInterval(look, everyMs);
  const begin = performance.now();
  try {
    const result = await work();
    look();
    const unseen = [...missed.values()].map(({ seen, mark }) => Math.max(0, mark - seen));
    return { result, peakMiB: seenPeak + sum(unseen), seconds: (performance.now() - begin) / 1000 };
  } finally {
    clearInterval(timer);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
