import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

/** The absolute path of a command found along `searchPath`; undefined when there is none. */
export function findTool(searchPath: string, name: string): string | undefined {
  for (const directory of searchPath.split(delimiter).filter(Boolean)) {
    const candidate = join(directory, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not in this directory.
    }
  }
  return undefined;
}

/** Whether a command runs and answers 0 within a second. What a kernel forbids shows only when it is tried. */
export function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore", timeout: 1000 }).status === 0;
}

/** Whether any user may read what is at `path`, once there. */
export function isReadableByAll(path: string): boolean {
  const info = statSync(path, { throwIfNoEntry: false });
  const needed = info?.isDirectory() === true ? 0o005 : 0o004;
  return info !== undefined && (info.mode & needed) === needed;
}

/** Whether any user may read what is at `path` and get there from `/`: a worker under another uid has to. */
export function isOpenToAll(path: string): boolean {
  try {
    if (!isReadableByAll(path)) {
      return false;
    }
    for (let directory = dirname(path); directory !== dirname(directory); directory = dirname(directory)) {
      if ((statSync(directory).mode & 0o001) === 0) {
        return false;
      }
    }
    return true;
  } catch {
    return false;
  }
}
