import { setTimeout as delay } from "node:timers/promises";

/** Resolves when a process is gone. There is no event for the end of a process that is not a child, so this looks. */
export async function processEnd(pid: number): Promise<void> {
  while (isAlive(pid)) {
    await delay(20);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
