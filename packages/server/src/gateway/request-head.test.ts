import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { readHead } from "./request-head.ts";

function incoming(url: string, ...rawHeaders: string[]): IncomingMessage {
  return { method: "GET", url, rawHeaders } as unknown as IncomingMessage;
}

describe("readHead", () => {
  it.each([
    ["/a%20b?x=1&y", "/a%20b", "x=1&y"],
    ["/a", "/a", ""],
    ["http://s3.amazonaws.com/b/k?x=1", "/b/k", "x=1"],
    ["http://s3.amazonaws.com", "/", ""],
    ["http://s3.amazonaws.com?x", "/", "x"],
    ["*", "*", ""],
  ])("splits %s", (url, path, query) => {
    expect(readHead(incoming(url))).toMatchObject({ method: "GET", path, query });
  });

  it("joins repeated headers and knows no inherited ones", () => {
    const { headers } = readHead(incoming("/", "X-Amz-A", "1", "x-amz-a", "2", "Host", "h"));

    expect({ ...headers }).toEqual({ "x-amz-a": "1,2", host: "h" });
    expect(headers["constructor"]).toBeUndefined();
  });
});
