import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { manualClock } from "../../platform/clock/manual-clock.ts";
import { requestTooLarge } from "../errors.ts";
import { incomingBody, type IncomingBody } from "./incoming-body.ts";

const clock = manualClock(new Date("2026-11-20T06:00:00Z"));
const limit = { bytes: 8, tooLarge: requestTooLarge };

interface Sent {
  readonly incoming: IncomingMessage;
  readonly body: IncomingBody;
  /** How often leave to send was given. */
  readonly leaves: () => number;
}

function request(headers: Record<string, string>): Sent {
  const incoming = new IncomingMessage(new Socket());
  Object.assign(incoming.headers, headers);
  let leaves = 0;
  const body = incomingBody({
    incoming,
    awaitsContinue: { writeContinue: () => (leaves += 1) },
    clock,
    times: { collectMs: 1000, silenceMs: 1000 },
  });
  return { incoming, body, leaves: () => leaves };
}

function send(incoming: IncomingMessage, ...chunks: string[]): void {
  for (const chunk of chunks) {
    incoming.push(Buffer.from(chunk));
  }
  incoming.push(null);
}

describe("incomingBody", () => {
  it("collects a body once, however often it is asked for", async () => {
    const { incoming, body, leaves } = request({ "transfer-encoding": "chunked" });
    send(incoming, "abc", "def");

    expect((await body.collect(limit)).toString()).toBe("abcdef");
    expect((await body.collect(limit)).toString()).toBe("abcdef");
    expect(leaves()).toBe(1);
  });

  it("waits for nothing where there is no body", async () => {
    const { body, leaves } = request({});

    expect(await body.collect(limit)).toHaveLength(0);
    expect(leaves()).toBe(0);
  });

  it("refuses what is declared too large without letting it come", async () => {
    const { body, leaves } = request({ "content-length": "9" });

    await expect(body.collect(limit)).rejects.toMatchObject({
      code: "RequestEntityTooLargeException",
      message: "HTTP content length exceeded 8 bytes.",
      status: 413,
    });
    expect(leaves()).toBe(0);
  });

  it("refuses what turns out too large", async () => {
    const { incoming, body } = request({ "transfer-encoding": "chunked" });
    send(incoming, "12345", "6789");

    await expect(body.collect(limit)).rejects.toMatchObject({ code: "RequestEntityTooLargeException" });
  });

  it("does not wait for ever", async () => {
    const { incoming, body } = request({ "content-length": "5" });
    const collected = body.collect(limit);
    incoming.push(Buffer.from("123"));

    clock.advance(1000);

    await expect(collected).rejects.toMatchObject({ code: "RequestTimeout", status: 400 });
  });

  it("fails when the client goes away", async () => {
    const { incoming, body } = request({ "content-length": "5" });
    const collected = body.collect(limit);

    incoming.destroy();

    await expect(collected).rejects.toMatchObject({ code: "IncompleteBody" });
  });

  it("gives leave to send at the first look, when it streams", async () => {
    const { incoming, body, leaves } = request({ "content-length": "6" });
    expect(leaves()).toBe(0);
    send(incoming, "abc", "def");

    expect(await text(body.stream())).toBe("abcdef");
    expect(leaves()).toBe(1);
  });
});
