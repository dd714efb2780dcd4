import { describe, expect, it } from "vitest";
import { chain } from "./chain.ts";
import type { Incoming } from "./exchange.ts";

const incoming = { sourceIp: "127.0.0.1" } as Incoming;

describe("chain", () => {
  const first = chain((exchange) => ({ ...exchange, one: 1 }));

  it("hands each handler what the one before returned, whether or not it is a promise", async () => {
    const outcome = await first
      .next(async (exchange) => ({ ...exchange, two: exchange.one + 1 }))
      .next((exchange) => ({ ...exchange, three: exchange.two + 1 }))
      .run(incoming);

    expect(outcome).toEqual({ done: true, exchange: { sourceIp: "127.0.0.1", one: 1, two: 2, three: 3 } });
  });

  it("ends at the first error and tells how far it got", async () => {
    const refused = new Error("refused");

    const outcome = await first
      .next<Incoming & { one: number }>(() => Promise.reject(refused))
      .next(() => expect.fail("must not run"))
      .run(incoming);

    expect(outcome).toEqual({ done: false, exchange: { sourceIp: "127.0.0.1", one: 1 }, error: refused });
  });
});
