import Connection from "libsql";
import type { Database, Statement } from "./database.ts";
import { statementCache } from "./prepared-statement.ts";
import { asStorageError } from "./storage-error.ts";
import { startWriter } from "./writer.ts";

export interface DatabaseOptions {
  /** The database's file; two more (`-wal`, `-shm`) stand beside it. */
  readonly file: string;
  /** False when losing the last moments to a power cut does not matter (`--ephemeral`): commits then wait for no disk. */
  readonly durable: boolean;
}

/** Opens the database, making it or bringing its schema up to date where needed. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const writer = await startWriter(options);
  const connection = openReadConnection(options.file);
  const prepare = statementCache(connection);

  const read = (statement: Statement): readonly object[] => {
    try {
      return prepare(statement.sql).rows(statement.parameters);
    } catch (error) {
      throw asStorageError(error);
    }
  };

  return {
    write: (statements) => writer.write(statements),
    all: async <Columns extends object>(statement: Statement) => read(statement) as readonly Columns[],
    first: async <Columns extends object>(statement: Statement) => read(statement)[0] as Columns | undefined,
    async close() {
      await writer.close();
      connection.close();
    },
  };
}

/** A connection of its own for reading: in WAL mode it never waits for the writer and sees each commit once it is made. */
function openReadConnection(file: string): Connection.Database {
  const connection = new Connection(file);
  connection.exec("PRAGMA busy_timeout = 5000; PRAGMA query_only = ON; PRAGMA cache_size = -16000");
  return connection;
}
