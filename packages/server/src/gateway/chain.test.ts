import { describe, expect, it } from "vitest";
import { chain } from "./chain.ts";
import type { Incoming } from "./exchange.ts";

const incoming = { sourceIp: "127.0.0.1" } as Incoming;

describe("chain", () => {
  const first = chain().next(() => ({ one: 1 }));

  it("shows each handler what the ones before it found out, whether or not they took their time", async () => {
    const outcome = await first
      .next(async ({ one }) => ({ two: one + 1 }))
      .next(() => undefined)
      .next(({ two }) => ({ three: two + 1 }))
      .run(incoming);

    expect(outcome).toMatchObject({ done: true, exchange: { sourceIp: "127.0.0.1", one: 1, two: 2, three: 3 } });
    expect(incoming).toEqual({ sourceIp: "127.0.0.1" });
  });

  it("ends at the first error and tells how far it got", async () => {
    const refused = new Error("refused");

    const outcome = await first
      .next(() => Promise.reject<void>(refused))
      .next(() => expect.fail("must not run"))
      .run(incoming);

    expect(outcome).toMatchObject({ done: false, exchange: { sourceIp: "127.0.0.1", one: 1 }, error: refused });
  });
});
