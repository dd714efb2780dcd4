import type { Scope } from "../scope.ts";

/** Where a record lives. `id` is unique in its collection and scope; collections are named by their service (`sagemaker.training-job`). */
export interface RecordKey {
  readonly collection: string;
  readonly scope: Scope;
  readonly id: string;
}

/** What records can be ordered and filtered by without reading their bodies. */
export interface RecordFacts {
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** The resource's status as clients see it; `""` where it has none. */
  readonly status: string;
}

/** A record as read: `version` is what a compare-and-set update expects back. */
export interface StoredRecord<Body> extends RecordFacts {
  readonly id: string;
  readonly version: number;
  readonly body: Body;
}

/** A page of a listing. Bounds are inclusive unless they say otherwise; all given filters must hold. */
export interface ListQuery {
  readonly orderBy: "id" | "createdAt" | "modifiedAt" | "status";
  readonly descending: boolean;
  readonly limit: number;
  /** The `cursor` of the page before. */
  readonly after?: string;
  /** Case-insensitive, as AWS's `NameContains`. */
  readonly idContains?: string;
  readonly idPrefix?: string;
  readonly status?: string;
  readonly createdAfter?: Date;
  readonly createdBefore?: Date;
  readonly modifiedAfter?: Date;
  readonly modifiedBefore?: Date;
}

export interface RecordPage<Body> {
  readonly records: readonly StoredRecord<Body>[];
  /** Opaque, present when there are more; a cursor that did not come from here is refused with `InvalidCursorError`. */
  readonly cursor?: string;
}

export type RecordWrite =
  | ({ readonly type: "create"; readonly key: RecordKey; readonly body: unknown } & RecordFacts)
  | ({
      readonly type: "update";
      readonly key: RecordKey;
      readonly expectedVersion: number;
      readonly body: unknown;
    } & RecordFacts)
  /** Without `expectedVersion`, deletes whatever is there, and it is no conflict when nothing is. */
  | { readonly type: "delete"; readonly key: RecordKey; readonly expectedVersion?: number };

/**
 * Durable, ordered records. Bodies are JSON values; Dates in bodies come back as Dates, byte arrays as Uint8Arrays.
 * A write is acknowledged only when it would survive a power cut (see `Database`). Implementations pass `record-store.contract.ts`.
 */
export interface RecordStore {
  get<Body>(key: RecordKey): Promise<StoredRecord<Body> | undefined>;
  /** False when the id is taken; nothing is written then. */
  create(key: RecordKey, body: unknown, facts: RecordFacts): Promise<boolean>;
  /** False when the record is gone or its version is not `expectedVersion`; nothing is written then. */
  update(key: RecordKey, expectedVersion: number, body: unknown, facts: RecordFacts): Promise<boolean>;
  /** False when there was nothing to delete. */
  delete(key: RecordKey): Promise<boolean>;
  list<Body>(collection: string, scope: Scope, query: ListQuery): Promise<RecordPage<Body>>;
  /**
   * All scopes of a collection, for start-up work such as resuming jobs; ordered by creation. With `statuses`, only records in
   * one of them, at the cost of those alone.
   */
  scan<Body>(
    collection: string,
    statuses?: readonly string[],
  ): AsyncIterable<StoredRecord<Body> & { readonly key: RecordKey }>;
  /** All or nothing. False when one write met a conflict (a taken id, another version, nothing to update). */
  batch(writes: readonly RecordWrite[]): Promise<boolean>;
}
