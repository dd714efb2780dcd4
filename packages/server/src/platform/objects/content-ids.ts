import type { Database } from "../database/database.ts";
import { queries, statement } from "../database/queries.ts";
import { sql } from "kysely";

/** Names for contents and blobs: each is given once, over all starts of the server. */
export interface ContentIds {
  /** The smallest that this start of the server gives: files of smaller ids are of earlier starts. */
  readonly first: number;
  next(): number;
}

/** More than one start can use, and few enough for two million starts below 2^53. */
const reservation = 2 ** 32;

/** Reserves a range of ids in one commit, so that taking one costs nothing. */
export async function openContentIds(database: Database): Promise<ContentIds> {
  const reserve = queries
    .updateTable("sequences")
    .set({ next: sql<number>`next + ${reservation}` })
    .where("name", "=", "content")
    .returning("next");
  const outcome = await database.write([statement(reserve, { returning: true, expectChanges: 1 })]);
  if (!outcome.committed) {
    throw new Error("The database has no sequence of content ids.");
  }
  const first = Number(outcome.results[0]?.rows[0]?.["next"]) - reservation;
  let next = first;
  return {
    first,
    next() {
      next += 1;
      return next - 1;
    },
  };
}
