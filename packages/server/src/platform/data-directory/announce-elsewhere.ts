import { access, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { replaceFile } from "../files/replace-file.ts";
import type { DataDirectory } from "./data-directory.ts";
import { makeDirectory } from "./make-directory.ts";

/** What programs find a server by; `server.json` comes last, since readers begin with it. */
const announced = ["root-credentials.json", "control-token", "server.json"] as const;

/** The key and the address of two servers cannot stand in one place. */
export class LastingStateError extends Error {
  override readonly name = "LastingStateError";

  constructor(path: string) {
    super(
      `The data directory ${path} holds the state of a lasting server. An ephemeral server needs another one, or none.`,
    );
  }
}

/**
 * Shows an ephemeral server in the directory that was named for it, so that programs find its key where every server's is.
 * Its state stays where it was.
 *
 * @returns what takes it away again, unless another server has announced itself there meanwhile
 * @throws LastingStateError for a directory that a lasting server keeps its state in
 */
export async function announceElsewhere(directory: DataDirectory, named: string): Promise<() => Promise<void>> {
  const path = resolve(named);
  if (await isThere(join(path, "state"))) {
    throw new LastingStateError(named);
  }
  await makeDirectory(path);
  const facts = await readFile(directory.file("server.json"), "utf8");
  for (const name of announced) {
    await replaceFile(join(path, name), await readFile(directory.file(name), "utf8"), 0o600);
  }
  return async () => {
    if ((await readFile(join(path, "server.json"), "utf8").catch(() => undefined)) === facts) {
      await Promise.all(announced.map((name) => rm(join(path, name), { force: true })));
    }
  };
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
