import { readdir, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

/** The variable by which a workload's processes are known; whatever they start inherits it. */
export const kinVariable = "CLARY_WORKLOAD";

/**
 * Kills every process of ours that carries a mark beginning with `mark`. It stands in for a control group where there is none: a process
 * that left its session and lost its parent is found by nothing else. Needs /proc; elsewhere nothing is found.
 */
export async function killKin(mark: string): Promise<void> {
  for (let round = 0; round < 20; round++) {
    const pids = await kinOf(mark);
    if (pids.length === 0) {
      return;
    }
    for (const pid of pids) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It ended in the meantime.
      }
    }
    await delay(5);
  }
}

async function kinOf(mark: string): Promise<readonly number[]> {
  const names = await readdir("/proc").catch(() => []);
  const pids = names.filter((name) => /^[0-9]+$/.test(name)).map(Number);
  const carries = await Promise.all(pids.map((pid) => carriesMark(pid, mark)));
  return pids.filter((pid, index) => carries[index] === true && pid !== process.pid);
}

/** Processes of other users, and zombies, have no environment that we could read. */
async function carriesMark(pid: number, mark: string): Promise<boolean> {
  const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
  return environment.split("\0").some((entry) => entry.startsWith(`${kinVariable}=${mark}`));
}
