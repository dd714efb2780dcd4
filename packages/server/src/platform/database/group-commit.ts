import type Connection from "libsql";
import type { SqlValue, StatementResult } from "./database.ts";
import { statementCache } from "./prepared-statement.ts";
import type { GroupOutcome, StatementForm, WireStatement, WriterReply, WriterRequest } from "./writer-protocol.ts";

/** Runs requests on the writer's connection: one transaction per request, one savepoint per caller. */
export interface GroupCommit {
  run(request: WriterRequest): WriterReply;
}

export function groupCommit(connection: Connection.Database): GroupCommit {
  const forms = statementForms(connection);
  const begin = connection.prepare("BEGIN IMMEDIATE");
  const commit = connection.prepare("COMMIT");
  const savepoint = connection.prepare("SAVEPOINT caller");
  const release = connection.prepare("RELEASE caller");

  const runGroup = (group: readonly WireStatement[]): GroupOutcome => {
    savepoint.run();
    const outcome = runAll(forms, group);
    if (!connection.inTransaction) {
      // SQLite itself rolls everything back when the disk is full or fails: the callers before this one have lost theirs too.
      throw new TransactionLostError(outcome);
    }
    if (!isCommitted(outcome)) {
      connection.exec("ROLLBACK TO caller");
    }
    release.run();
    return outcome;
  };

  return {
    run(request) {
      forms.learn(request.newForms);
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

function isCommitted(outcome: GroupOutcome): boolean {
  return !("type" in outcome) || outcome.type === "committed";
}

class TransactionLostError extends Error {
  readonly outcome: GroupOutcome;

  constructor(outcome: GroupOutcome) {
    super("SQLite rolled the transaction back");
    this.outcome = outcome;
  }
}

type RunStatement = (form: StatementForm, parameters: readonly SqlValue[]) => StatementResult;

/** Stops at the first statement that fails or does not meet its expectation. */
function runAll(forms: StatementForms, group: readonly WireStatement[]): GroupOutcome {
  const results: StatementResult[] = [];
  let givesRows = false;
  try {
    for (const [number, parameters] of group) {
      const form = forms.get(number);
      const result = forms.run(form, parameters);
      if (form.expectChanges !== undefined && result.changes !== form.expectChanges) {
        return { type: "conflict", failedStatement: results.length };
      }
      givesRows ||= result.rows.length > 0;
      results.push(result);
    }
  } catch (error) {
    return errorOutcome(error);
  }
  return givesRows ? { type: "committed", results } : results.map((result) => result.changes);
}

/** The forms of statements that the main thread has sent so far, and what runs them. */
interface StatementForms {
  learn(newForms: readonly StatementForm[]): void;
  get(number: number): StatementForm;
  readonly run: RunStatement;
}

function statementForms(connection: Connection.Database): StatementForms {
  const forms: StatementForm[] = [];
  const prepare = statementCache(connection);
  return {
    learn: (newForms) => void forms.push(...newForms),
    get(number) {
      const form = forms[number];
      if (form === undefined) {
        throw new Error(`Statement form ${number} was not sent.`);
      }
      return form;
    },
    run(form, parameters) {
      const prepared = prepare(form.sql);
      if (form.returning !== true) {
        return prepared.run(parameters);
      }
      const rows = prepared.rows(parameters);
      return { changes: rows.length, rows };
    },
  };
}

function errorOutcome(error: unknown): GroupOutcome {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return { type: "error", message: error instanceof Error ? error.message : String(error), code };
}
