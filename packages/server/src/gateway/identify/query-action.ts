import type { RequestHead } from "../request-head.ts";

/** `Action` and `Version` of a request of the query protocols, as far as they are given. */
export interface QueryAction {
  readonly action: string | undefined;
  readonly version: string | undefined;
}

/** Whether the request's body is a form, where query requests keep their parameters (GET requests: in the address). */
export function hasForm({ method, headers }: RequestHead): boolean {
  return method === "POST" && headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
}

/** @param form A form's body or a query string. */
export function readAction(form: string): QueryAction {
  return { action: parameter(form, "Action"), version: parameter(form, "Version") };
}

/** Both values are plain words, so nothing needs decoding beyond what `URLSearchParams` would make of them. */
function parameter(form: string, name: string): string | undefined {
  const [, value] = new RegExp(`(?:^|&)${name}=([^&]*)`).exec(form) ?? [];
  return value === undefined ? undefined : (new URLSearchParams(`v=${value}`).get("v") ?? undefined);
}
