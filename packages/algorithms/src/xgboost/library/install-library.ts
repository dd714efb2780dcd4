import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { PlatformError } from "../../failures.ts";
import { type Environment, wheelsDirectory } from "./environment.ts";
import { type LibraryLocation, sharedObjectIn } from "./find-library.ts";

export interface InstallOptions {
  readonly environment: Environment;
  /** Exact version to fetch; the newest for this machine when absent. */
  readonly version?: string;
  /** Takes a line for the person who waits. */
  readonly progress?: (line: string) => void;
}

/** `xgboost-cpu` is the same library without its GPU code: 6 MB instead of 130. It exists since 2.1 and not everywhere. */
const DISTRIBUTIONS = ["xgboost-cpu", "xgboost"];
const INSTALL_TIMEOUT_MS = 300_000;

/**
 * Fetches a wheel with pip into Clary's cache and leaves it as pip lays it out. Safe to call from several processes at
 * once: the folder appears complete or not at all. Throws PlatformError with pip's last words.
 */
export async function installLibrary(options: InstallOptions): Promise<LibraryLocation> {
  const directory = wheelsDirectory(options.environment);
  await mkdir(directory, { recursive: true });
  const failures: string[] = [];
  for (const distribution of DISTRIBUTIONS) {
    const requirement = options.version === undefined ? distribution : `${distribution}==${options.version}`;
    const partial = await mkdtemp(join(directory, ".partial-"));
    try {
      options.progress?.(`Fetching ${requirement} with pip`);
      await pipInstall(requirement, partial, options.environment);
      return await publish(partial, directory);
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
  }
  throw new PlatformError(`pip could not fetch libxgboost: ${[...new Set(failures)].join("; ")}`);
}

async function publish(partial: string, directory: string): Promise<LibraryLocation> {
  const information = (await readdir(partial)).find((name) => name.endsWith(".dist-info"));
  const path = sharedObjectIn(partial);
  if (information === undefined || path === undefined) {
    throw new PlatformError("the wheel holds no libxgboost");
  }
  // Workers run under uids of their own; a temporary directory is closed to them.
  await chmod(partial, 0o755);
  const name = information.slice(0, -".dist-info".length).replace("_", "-");
  const target = join(directory, name);
  try {
    await rename(partial, target);
  } catch (error) {
    // Another process was faster: its folder is as good.
    if (sharedObjectIn(target) === undefined) {
      throw error;
    }
  }
  const version = /-(\d+\.\d+\.\d+)/.exec(name)?.[1];
  return { path: sharedObjectIn(target) ?? path, source: "cache", ...(version === undefined ? {} : { version }) };
}

function pipInstall(requirement: string, target: string, environment: Environment): Promise<void> {
  const options = ["--quiet", "--no-input", "--disable-pip-version-check", "--no-deps", "--no-compile"];
  const args = ["-m", "pip", "install", ...options, "--only-binary", ":all:", "--retries", "1", "--target", target];
  const child = spawn("python3", [...args, requirement], {
    env: { ...environment },
    stdio: ["ignore", "ignore", "pipe"],
    // Not spawn's own `timeout`: after a program that cannot be started it keeps the process for all that time.
    signal: AbortSignal.timeout(INSTALL_TIMEOUT_MS),
  });
  const errors: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      const late = error.name === "AbortError";
      reject(new PlatformError(late ? "pip took too long" : `python3 cannot be started: ${error.message}`));
    });
    child.once("close", (code) => {
      const lastLine = errors.join("").trim().split("\n").at(-1) ?? "";
      if (code === 0) {
        resolve();
      } else {
        reject(new PlatformError(lastLine === "" ? `pip ended with code ${code}` : lastLine));
      }
    });
  });
}
