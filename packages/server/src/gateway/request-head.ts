import type { IncomingMessage } from "node:http";

/** The head of a request as it came. */
export interface RequestHead {
  readonly method: string;
  /** Percent-encoded, as sent. */
  readonly path: string;
  /** As sent, without `?`. */
  readonly query: string;
  /** Names in lower case; repeated headers joined by `,`, as signatures canonicalise them. No prototype. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Reads the head of a request; of an absolute address (`GET http://host/path`, sent to proxies) only the path is kept. */
export function readHead(incoming: IncomingMessage): RequestHead {
  const target = pathOf(incoming.url ?? "/");
  const mark = target.indexOf("?");
  return {
    method: incoming.method ?? "GET",
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? "" : target.slice(mark + 1),
    headers: readHeaders(incoming.rawHeaders),
  };
}

function pathOf(url: string): string {
  if (url.startsWith("/")) {
    return url;
  }
  const [, rest] = /^https?:\/\/[^/?#]*(.*)$/i.exec(url) ?? [];
  return rest === undefined ? url : rest.startsWith("/") ? rest : `/${rest}`;
}

function readHeaders(raw: readonly string[]): Record<string, string> {
  // Without a prototype: a header may be called `constructor`.
  const headers = Object.create(null) as Record<string, string>;
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? "").toLowerCase();
    const value = raw[at + 1] ?? "";
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before},${value}`;
  }
  return headers;
}
