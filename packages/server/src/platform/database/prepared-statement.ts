import type Connection from "libsql";
import type { Row, SqlValue, StatementResult } from "./database.ts";

/** A statement prepared once; SQLite prepares it again by itself when the schema has changed. */
export interface PreparedStatement {
  run(parameters: readonly SqlValue[]): StatementResult;
  /** All rows. With RETURNING, after all changes were made. */
  rows(parameters: readonly SqlValue[]): readonly Row[];
}

function prepareStatement(connection: Connection.Database, sql: string): PreparedStatement {
  const statement = connection.prepare<[SqlValue[]]>(sql);
  let columns: readonly string[] | undefined;
  return {
    run: (parameters) => ({ changes: statement.run([...parameters]).changes, rows: [] }),
    rows(parameters) {
      if (columns === undefined) {
        // Asking libsql costs as much as a point read, so it is asked once.
        columns = statement.columns().map((column) => column.name);
        statement.raw(true);
      }
      const rows: Row[] = [];
      for (const values of statement.iterate([...parameters])) {
        rows.push(toRow(columns, values));
      }
      return rows;
    },
  };
}

/** libsql's own row objects hold bytes as ArrayBuffers and cost a third more than its arrays, named here. */
function toRow(columns: readonly string[], values: unknown): Row {
  if (!Array.isArray(values)) {
    throw new TypeError("libsql gave a row that is no array");
  }
  const row: Record<string, SqlValue> = {};
  // A plain loop: a page of a listing has a thousand rows.
  for (let index = 0; index < columns.length; index += 1) {
    row[columns[index] ?? ""] = values[index];
  }
  return row;
}

/** Remembers a connection's prepared statements by their text. The number of texts is bounded: values are always parameters. */
export function statementCache(connection: Connection.Database): (sql: string) => PreparedStatement {
  const prepared = new Map<string, PreparedStatement>();
  return (sql) => {
    const known = prepared.get(sql);
    if (known !== undefined) {
      return known;
    }
    const statement = prepareStatement(connection, sql);
    prepared.set(sql, statement);
    return statement;
  };
}
