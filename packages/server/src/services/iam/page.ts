import { invalidMarker } from "./errors.ts";

export interface PageRequest {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

export interface Page<Item> {
  readonly items: Item[];
  /** Members of the answer that say how to go on. */
  readonly rest: { readonly IsTruncated: boolean; readonly Marker?: string };
}

const defaultPageSize = 100;
const markerForm = /^[A-Za-z0-9_-]+$/u;

/**
 * One page of `items`, ordered by name without regard to case. The marker is the name that the page before ended with, so
 * that a listing goes on in the right place whatever was created or deleted in between.
 * @throws AwsError for a marker that did not come from here
 */
export function pageOf<Item>(
  items: Iterable<Item>,
  nameOf: (item: Item) => string,
  { Marker, MaxItems }: PageRequest,
): Page<Item> {
  if (Marker !== undefined && !markerForm.test(Marker)) {
    throw invalidMarker();
  }
  const after = Marker === undefined ? undefined : Buffer.from(Marker, "base64url").toString("utf8");
  const keyed = [...items].map((item) => ({ item, key: nameOf(item).toLowerCase() }));
  const rest = keyed.filter(({ key }) => after === undefined || key > after);
  rest.sort((a, b) => (a.key < b.key ? -1 : 1));
  const page = rest.slice(0, MaxItems ?? defaultPageSize);
  const last = page.at(-1);
  const truncated = page.length < rest.length && last !== undefined;
  return {
    items: page.map(({ item }) => item),
    rest: truncated
      ? { IsTruncated: true, Marker: Buffer.from(last.key).toString("base64url") }
      : { IsTruncated: false },
  };
}
