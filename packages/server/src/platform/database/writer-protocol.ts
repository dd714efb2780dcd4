import type { SqlValue, StatementResult } from "./database.ts";

/** What the writer thread is started with. */
export interface WriterSettings {
  readonly file: string;
  /** Whether commits wait for the disk. */
  readonly durable: boolean;
}

/** A statement on its way to the writer: SQL texts travel once, then by number. */
export interface WireStatement {
  readonly sqlNumber: number;
  readonly parameters: readonly SqlValue[];
  readonly expectChanges?: number;
  readonly returning?: boolean;
}

/** Everything that arrived during one commit; each entry of `groups` is one caller's statements. */
export interface WriterRequest {
  readonly newSql: readonly { readonly sqlNumber: number; readonly sql: string }[];
  readonly groups: readonly (readonly WireStatement[])[];
}

export interface WriterReply {
  /** One per group, in order. */
  readonly outcomes: readonly GroupOutcome[];
}

export type GroupOutcome =
  | { readonly type: "committed"; readonly results: readonly StatementResult[] }
  | { readonly type: "conflict"; readonly failedStatement: number }
  | { readonly type: "error"; readonly message: string; readonly code: string };
