/** What a statement binds and a row holds. Nothing else: libsql 0.5 ends the whole process on a boolean parameter. */
export type SqlValue = string | number | null | Uint8Array;

/** A compiled query. Byte arrays are copied when it is handed over. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
  /** How many rows it must change (or, with `returning`, give); another number undoes everything its caller asked for. */
  readonly expectChanges?: number;
  /** The statement ends in RETURNING and its rows are wanted. */
  readonly returning?: boolean;
}

export type Row = Readonly<Record<string, SqlValue>>;

export type WriteOutcome =
  | { readonly committed: true; readonly results: readonly StatementResult[] }
  /** `failedStatement` is the index of the first statement whose expectation did not hold. Nothing was written. */
  | { readonly committed: false; readonly failedStatement: number };

export interface StatementResult {
  readonly changes: number;
  /** Empty without `returning`. */
  readonly rows: readonly Row[];
}

/**
 * The embedded database. All writes pass through one writer that commits them in groups; a write resolves only when it would
 * survive a power cut, and every read that begins after that sees it.
 */
export interface Database {
  /** All statements or none. Rejects with `StorageError` when the disk refused; nothing was acknowledged then. */
  write(statements: readonly Statement[]): Promise<WriteOutcome>;
  /** One consistent snapshot. The read happens before the promise is returned. */
  all<Columns extends object>(statement: Statement): Promise<readonly Columns[]>;
  first<Columns extends object>(statement: Statement): Promise<Columns | undefined>;
  /** Waits for the writes that were accepted. */
  close(): Promise<void>;
}
