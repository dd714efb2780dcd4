import type Connection from "libsql";
import type { StatementResult } from "./database.ts";
import { statementCache } from "./prepared-statement.ts";
import type { GroupOutcome, WireStatement, WriterReply, WriterRequest } from "./writer-protocol.ts";

/** Runs requests on the writer's connection: one transaction per request, one savepoint per caller. */
export interface GroupCommit {
  run(request: WriterRequest): WriterReply;
}

export function groupCommit(connection: Connection.Database): GroupCommit {
  const run = statementRunner(connection);
  const begin = connection.prepare("BEGIN IMMEDIATE");
  const commit = connection.prepare("COMMIT");
  const savepoint = connection.prepare("SAVEPOINT caller");
  const release = connection.prepare("RELEASE caller");

  const runGroup = (group: readonly WireStatement[]): GroupOutcome => {
    savepoint.run();
    const outcome = runAll(run.statement, group);
    if (!connection.inTransaction) {
      // SQLite itself rolls everything back when the disk is full or fails: the callers before this one have lost theirs too.
      throw new TransactionLostError(outcome);
    }
    if (outcome.type !== "committed") {
      connection.exec("ROLLBACK TO caller");
    }
    release.run();
    return outcome;
  };

  return {
    run(request) {
      run.learn(request.newSql);
      try {
        begin.run();
        const outcomes = request.groups.map(runGroup);
        commit.run();
        return { outcomes };
      } catch (error) {
        if (connection.inTransaction) {
          connection.exec("ROLLBACK");
        }
        const outcome = error instanceof TransactionLostError ? error.outcome : errorOutcome(error);
        return { outcomes: request.groups.map(() => outcome) };
      }
    },
  };
}

class TransactionLostError extends Error {
  readonly outcome: GroupOutcome;

  constructor(outcome: GroupOutcome) {
    super("SQLite rolled the transaction back");
    this.outcome = outcome;
  }
}

type RunStatement = (statement: WireStatement) => StatementResult;

/** Stops at the first statement that fails or does not meet its expectation. */
function runAll(run: RunStatement, group: readonly WireStatement[]): GroupOutcome {
  const results: StatementResult[] = [];
  try {
    for (const statement of group) {
      const result = run(statement);
      if (statement.expectChanges !== undefined && result.changes !== statement.expectChanges) {
        return { type: "conflict", failedStatement: results.length };
      }
      results.push(result);
    }
  } catch (error) {
    return errorOutcome(error);
  }
  return { type: "committed", results };
}

interface StatementRunner {
  readonly statement: RunStatement;
  learn(newSql: WriterRequest["newSql"]): void;
}

function statementRunner(connection: Connection.Database): StatementRunner {
  const texts = new Map<number, string>();
  const prepare = statementCache(connection);
  return {
    learn: (newSql) => newSql.forEach(({ sqlNumber, sql }) => texts.set(sqlNumber, sql)),
    statement(wire) {
      const prepared = prepare(texts.get(wire.sqlNumber) ?? "");
      if (wire.returning !== true) {
        return prepared.run(wire.parameters);
      }
      const rows = prepared.rows(wire.parameters);
      return { changes: rows.length, rows };
    },
  };
}

function errorOutcome(error: unknown): GroupOutcome {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return { type: "error", message: error instanceof Error ? error.message : String(error), code };
}
