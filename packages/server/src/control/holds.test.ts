import { describe, expect, it } from "vitest";
import type { LocalRequest } from "../gateway/local/local-route.ts";
import { manualClock } from "../platform/clock/manual-clock.ts";
import { Holds } from "./holds.ts";

function requestOf(program: AbortController): LocalRequest {
  return {
    method: "GET",
    path: "/_clary/hold",
    query: "",
    headers: {},
    sourceIp: "127.0.0.1",
    cancellation: { signal: program.signal },
    body: async () => Buffer.alloc(0),
  };
}

describe("Holds", () => {
  it("says that the server is unused when the last of several programs has gone, and not before", async () => {
    let unused = 0;
    const holds = new Holds(() => unused++);
    const programs = [new AbortController(), new AbortController()];
    const held = programs.map((program) => holds.route().handle(requestOf(program)));
    expect(holds.count).toBe(2);
    programs[0]?.abort();
    await held[0];
    expect([holds.count, unused]).toEqual([1, 0]);
    programs[1]?.abort();
    await held[1];
    expect([holds.count, unused]).toEqual([0, 1]);
  });

  it("does not wait for ever for the first one", async () => {
    let unused = 0;
    const clock = manualClock(new Date(0));
    new Holds(() => unused++).expectFirst(clock);
    clock.advance(29_999);
    expect(unused).toBe(0);
    clock.advance(1);
    expect(unused).toBe(1);
  });
});
