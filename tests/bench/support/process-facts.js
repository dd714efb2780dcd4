import { readFileSync, readdirSync } from "node:fs";

const ticksPerSecond = 100; // USER_HZ, the same on every Linux that Node supports

/** A process and all that it started. @param {number} pid @returns {number[]} */
export function processTree(pid) {
  const parents = new Map();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    const stat = readStat(Number(name));
    if (stat !== undefined) {
      parents.set(Number(name), Number(stat[1]));
    }
  }
  const tree = [pid];
  for (const parent of tree) {
    tree.push(...[...parents].filter(([, itsParent]) => itsParent === parent).map(([child]) => child));
  }
  return tree;
}

/** Processor seconds that a process tree has used so far, user and system. @param {number} pid */
export function cpuSeconds(pid) {
  return processTree(pid).reduce((sum, each) => {
    const stat = readStat(each);
    return stat === undefined ? sum : sum + (Number(stat[11]) + Number(stat[12])) / ticksPerSecond;
  }, 0);
}

/** Proportional set size of a process tree in MiB: shared pages count once. @param {number} pid */
export function memoryMiB(pid) {
  return processTree(pid).reduce((sum, each) => sum + rollupKiB(each, "Pss") / 1024, 0);
}

/** Resident memory of a process tree in MiB: shared pages count in full, once for each process. @param {number} pid */
export function residentMiB(pid) {
  return processTree(pid).reduce((sum, each) => sum + rollupKiB(each, "Rss") / 1024, 0);
}

/** @param {number} pid @param {"Pss" | "Rss"} field */
function rollupKiB(pid, field) {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(text)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Fields of /proc/PID/stat after the command's name: state, parent, … @param {number} pid @returns {string[] | undefined} */
function readStat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
