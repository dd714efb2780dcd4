import type { SqlValue, Statement, StatementResult } from "./database.ts";

/** What the writer thread is started with. */
export interface WriterSettings {
  readonly file: string;
  /** Whether commits wait for the disk. */
  readonly durable: boolean;
}

/** All of a statement but its parameters. It travels once, then by its place in the order of first use. */
export type StatementForm = Omit<Statement, "parameters">;

/** A statement on its way to the writer: the number of its form, and its parameters. Kept small, as copying costs by objects. */
export type WireStatement = readonly [form: number, parameters: readonly SqlValue[]];

/** Everything that arrived during one commit; each entry of `groups` is one caller's statements. */
export interface WriterRequest {
  readonly newForms: readonly StatementForm[];
  readonly groups: readonly (readonly WireStatement[])[];
}

export interface WriterReply {
  /** One per group, in order. */
  readonly outcomes: readonly GroupOutcome[];
}

export type GroupOutcome =
  /** Committed, and no rows were wanted: how many each statement changed. Most groups; a list of numbers copies fastest. */
  | readonly number[]
  | { readonly type: "committed"; readonly results: readonly StatementResult[] }
  | { readonly type: "conflict"; readonly failedStatement: number }
  | { readonly type: "error"; readonly message: string; readonly code: string };
