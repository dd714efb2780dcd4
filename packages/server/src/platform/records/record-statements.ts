import type { Statement } from "../database/database.ts";
import { queries, statement, template } from "../database/queries.ts";
import type { Scope } from "../scope.ts";
import { recordColumns } from "./list-query.ts";
import { encodeBody } from "./record-body.ts";
import type { RecordFacts, RecordKey, RecordWrite } from "./record-store.ts";

/** Revisions count within one record number; a version is both in one number. Never reached by honest work, 2^20 begins anew. */
const revisions = 2 ** 20;

/** What a reader gets as `version`. */
export function versionOf(row: { readonly number: number; readonly revision: number }): number {
  return row.number * revisions + row.revision;
}

export function scopeText(scope: Scope): string {
  return `${scope.account}/${scope.region}`;
}

export function scopeFromText(text: string): Scope {
  const [account = "", region = ""] = text.split("/");
  return { account, region };
}

const find = template<{ collection: string; scope: string; id: string }>((value) =>
  queries
    .selectFrom("records")
    .select(recordColumns)
    .where("collection", "=", value("collection"))
    .where("scope", "=", value("scope"))
    .where("id", "=", value("id")),
);

export function findStatement({ collection, scope, id }: RecordKey): Statement {
  return find({ collection, scope: scopeText(scope), id });
}

/** Meets its expectation of one change, or a conflict. */
export function writeStatement(write: RecordWrite): Statement {
  switch (write.type) {
    case "create":
      return createStatement(write.key, write.body, write);
    case "update":
      return updateStatement(write.key, write.expectedVersion, write.body, write);
    case "delete":
      return deleteStatement(write.key, write.expectedVersion);
  }
}

function createStatement(key: RecordKey, body: unknown, facts: RecordFacts): Statement {
  const query = queries
    .insertInto("records")
    .values({
      collection: key.collection,
      scope: scopeText(key.scope),
      id: key.id,
      revision: 1,
      ...factColumns(facts),
      body: encodeBody(body),
    })
    .onConflict((conflict) => conflict.doNothing());
  return statement(query, { expectChanges: 1 });
}

function updateStatement(key: RecordKey, expectedVersion: number, body: unknown, facts: RecordFacts): Statement {
  const query = queries
    .updateTable("records")
    .set({ ...factColumns(facts), body: encodeBody(body), revision: ((expectedVersion % revisions) + 1) % revisions })
    .where("collection", "=", key.collection)
    .where("scope", "=", scopeText(key.scope))
    .where("id", "=", key.id)
    .where("number", "=", Math.floor(expectedVersion / revisions))
    .where("revision", "=", expectedVersion % revisions);
  return statement(query, { expectChanges: 1 });
}

function deleteStatement(key: RecordKey, expectedVersion: number | undefined): Statement {
  const query = queries
    .deleteFrom("records")
    .where("collection", "=", key.collection)
    .where("scope", "=", scopeText(key.scope))
    .where("id", "=", key.id);
  if (expectedVersion === undefined) {
    return statement(query);
  }
  const atVersion = query
    .where("number", "=", Math.floor(expectedVersion / revisions))
    .where("revision", "=", expectedVersion % revisions);
  return statement(atVersion, { expectChanges: 1 });
}

function factColumns(facts: RecordFacts): { created_at: number; modified_at: number; status: string } {
  return {
    created_at: facts.createdAt.getTime(),
    modified_at: facts.modifiedAt.getTime(),
    status: facts.status,
  };
}
