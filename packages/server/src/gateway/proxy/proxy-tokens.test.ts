import { describe, expect, it } from "vitest";
import { createProxyTokens } from "./proxy-tokens.ts";

const key = Buffer.alloc(32, 7);

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

describe("createProxyTokens", () => {
  const tokens = createProxyTokens(key);
  const token = tokens.issue("exec-1");

  it("accepts what it issued, also after a restart with the same key", () => {
    expect(tokens.accepts(basic(token.username, token.password))).toBe(true);
    expect(createProxyTokens(key).accepts(basic(token.username, token.password))).toBe(true);
  });

  it.each([
    ["nothing", undefined],
    ["another scheme", `Bearer ${token.password}`],
    ["another name", basic("exec-2", token.password)],
    ["a cut password", basic(token.username, token.password.slice(1))],
    ["no base64", "Basic !!"],
  ])("refuses %s", (_, header) => {
    expect(tokens.accepts(header)).toBe(false);
  });

  it("refuses tokens of another data directory", () => {
    expect(createProxyTokens(Buffer.alloc(32, 8)).accepts(basic(token.username, token.password))).toBe(false);
  });
});
