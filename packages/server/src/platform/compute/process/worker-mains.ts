import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The files that a workload's process is started with, and everything they load. */
export interface WorkerMains {
  readonly train: string;
  readonly serve: string;
  /** Fetches what an image needs; absent when none needs anything. */
  readonly prepare?: string;
  /** What must be readable for them to run: their packages and Node itself. */
  readonly readablePaths: readonly string[];
}

/** The workers that were installed with this server. They are started by path: nothing of them is loaded here. */
export function installedWorkers(): WorkerMains {
  const resolve = createRequire(import.meta.url).resolve;
  const manifest = realpathSync(resolve("@clary/worker/package.json"));
  return {
    train: resolve("@clary/worker/train"),
    serve: resolve("@clary/worker/serve"),
    prepare: resolve("@clary/worker/prepare"),
    readablePaths: [...packageFolders(dirname(manifest)), realpathSync(process.execPath)],
  };
}

/** The folder beside which our packages lie, and every `node_modules` that module resolution looks in from there. */
function packageFolders(packageDirectory: string): readonly string[] {
  const folders = [dirname(packageDirectory)];
  for (let directory = packageDirectory; directory !== dirname(directory); directory = dirname(directory)) {
    const modules = join(directory, "node_modules");
    if (existsSync(modules)) {
      folders.push(modules);
    }
  }
  return folders;
}
