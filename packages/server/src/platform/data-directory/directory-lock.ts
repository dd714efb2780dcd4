import Connection from "libsql";

/** Held until it is released or the process ends, however it ends. */
export interface DirectoryLock {
  release(): void;
}

/**
 * Takes the lock that `file` stands for; undefined when another holder has it. Node has no `flock`, but SQLite takes file locks
 * that the kernel frees with the process, `kill -9` included, so an exclusive transaction on an empty database does as well.
 * Nothing else may open `file`: closing any descriptor of it would drop the process's locks on it.
 */
export function acquireLock(file: string): DirectoryLock | undefined {
  const connection = new Connection(file);
  try {
    // Without a journal of its own the lock writes nothing, and can be had on a disk that is full.
    connection.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    connection.close();
    if (isBusy(error)) {
      return undefined;
    }
    throw error;
  }
  return {
    release() {
      connection.exec("ROLLBACK");
      connection.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY");
}
