import {
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Compilable,
  type CompiledQuery,
} from "kysely";
import type { SqlValue, Statement } from "./database.ts";
import type { LogEventsTable, LogGroupsTable, LogStreamsTable } from "./tables/log-tables.ts";
import type {
  BlobsTable,
  BucketsTable,
  ContentPartsTable,
  GarbageTable,
  ObjectBytesTable,
  ObjectsTable,
  SequencesTable,
  UploadPartsTable,
  UploadsTable,
} from "./tables/object-tables.ts";
import type { RecordsTable } from "./tables/record-tables.ts";

export interface Tables {
  records: RecordsTable;
  sequences: SequencesTable;
  buckets: BucketsTable;
  objects: ObjectsTable;
  object_bytes: ObjectBytesTable;
  blobs: BlobsTable;
  content_parts: ContentPartsTable;
  garbage: GarbageTable;
  uploads: UploadsTable;
  upload_parts: UploadPartsTable;
  log_groups: LogGroupsTable;
  log_streams: LogStreamsTable;
  log_events: LogEventsTable;
}

/** Builds queries and compiles them; it runs nothing. */
export const queries: Kysely<Tables> = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

type Expectations = Pick<Statement, "expectChanges" | "returning">;

/** A query that is built for one use. */
export function statement(query: Compilable, expectations: Expectations = {}): Statement {
  const compiled = query.compile();
  return { sql: compiled.sql, parameters: compiled.parameters.map(toSqlValue), ...expectations };
}

/** Stands for a value that comes with each use of a template. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

export type Parameter<Values> = <Name extends keyof Values & string>(name: Name) => Values[Name];

/**
 * A query that is built and compiled once and then only filled in, for paths where building it would cost more than running it:
 *
 *     const findBucket = template<{ name: string }>((value) =>
 *       queries.selectFrom("buckets").selectAll().where("name", "=", value("name")));
 *     await database.first(findBucket({ name }));
 */
export function template<Values extends Record<string, SqlValue>>(
  build: (value: Parameter<Values>) => Compilable,
  expectations: Expectations = {},
): (values: Values) => Statement {
  let compiled: CompiledQuery | undefined;
  return (values) => {
    compiled ??= build(placeholder).compile();
    const parameters = compiled.parameters.map((parameter) =>
      parameter instanceof Placeholder ? toSqlValue(values[parameter.name]) : toSqlValue(parameter),
    );
    return { sql: compiled.sql, parameters, ...expectations };
  };

  function placeholder<Name extends keyof Values & string>(name: Name): Values[Name] {
    // The builder passes parameter values through untouched, so that what it believes to be a value may be a placeholder.
    return new Placeholder(name) as unknown as Values[Name];
  }
}

/** libsql 0.5 ends the whole process on a value that it does not know, where an error loses one request. */
function toSqlValue(value: unknown): SqlValue {
  if (value === null || typeof value === "string" || value instanceof Uint8Array) {
    return value;
  }
  if (typeof value === "number" && Number.isFinite(value)) {
    return value;
  }
  const what = typeof value === "number" ? String(value) : typeof value;
  throw new TypeError(`SQL parameters are strings, finite numbers, bytes and null, not ${what}`);
}
