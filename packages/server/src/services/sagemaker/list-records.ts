import type { ListQuery, RecordStore, StoredRecord } from "../../platform/records/record-store.ts";
import type { Scope } from "../../platform/scope.ts";
import { invalidPaginationToken } from "./errors.ts";

/** Members that SageMaker's List operations share; each operation has some of them. */
export interface ListFilters {
  readonly SortBy?: string | undefined;
  readonly SortOrder?: string | undefined;
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
  readonly NameContains?: string | undefined;
  readonly StatusEquals?: string | undefined;
  readonly CreationTimeAfter?: Date | undefined;
  readonly CreationTimeBefore?: Date | undefined;
  readonly LastModifiedTimeAfter?: Date | undefined;
  readonly LastModifiedTimeBefore?: Date | undefined;
}

export interface ListedPage<Summary> {
  readonly summaries: Summary[];
  /** The answer's `NextToken` member, where there is a next page. */
  readonly next: { NextToken?: string };
}

const defaultPageSize = 10;

const orders: Readonly<Record<string, ListQuery["orderBy"]>> = {
  Name: "id",
  CreationTime: "createdAt",
  LastModifiedTime: "modifiedAt",
  Status: "status",
};

/** One page of a collection. Newest first unless asked otherwise, as AWS documents for these operations. */
export async function listRecords<Body, Summary>(
  source: { readonly records: RecordStore; readonly collection: string; readonly scope: Scope },
  filters: ListFilters,
  summarise: (record: StoredRecord<Body>) => Summary,
): Promise<ListedPage<Summary>> {
  const page = await source.records
    .list<Body>(source.collection, source.scope, listQuery(filters))
    .catch((error: unknown) => {
      throw error instanceof Error && error.name === "InvalidCursorError" ? invalidPaginationToken() : error;
    });
  return {
    summaries: page.records.map(summarise),
    next: page.cursor === undefined ? {} : { NextToken: page.cursor },
  };
}

function listQuery(filters: ListFilters): ListQuery {
  return {
    orderBy: orders[filters.SortBy ?? "CreationTime"] ?? "createdAt",
    descending: filters.SortOrder !== "Ascending",
    limit: filters.MaxResults ?? defaultPageSize,
    ...given("after", filters.NextToken),
    ...given("idContains", filters.NameContains),
    ...given("status", filters.StatusEquals),
    ...given("createdAfter", filters.CreationTimeAfter),
    ...given("createdBefore", filters.CreationTimeBefore),
    ...given("modifiedAfter", filters.LastModifiedTimeAfter),
    ...given("modifiedBefore", filters.LastModifiedTimeBefore),
  };
}

function given<Key extends string, Value>(key: Key, value: Value | undefined): Partial<Record<Key, Value>> {
  return value === undefined ? {} : ({ [key]: value } as Record<Key, Value>);
}
