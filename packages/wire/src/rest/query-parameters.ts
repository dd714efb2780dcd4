import { parseForm } from "../query/parse-form.ts";

/** A query string by name; a name may stand there more than once. */
export type QueryParameters = ReadonlyMap<string, readonly string[]>;

const none: QueryParameters = new Map();

export function parseQuery(query: string): QueryParameters {
  if (query === "") {
    return none;
  }
  const parameters = new Map<string, string[]>();
  for (const [name, value] of parseForm(query)) {
    const values = parameters.get(name);
    if (values === undefined) {
      parameters.set(name, [value]);
    } else {
      values.push(value);
    }
  }
  return parameters;
}
