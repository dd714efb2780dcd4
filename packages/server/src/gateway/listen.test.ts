import { once } from "node:events";
import { Agent, request, type IncomingMessage, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { manualClock } from "../platform/clock/manual-clock.ts";
import type { Gateway } from "./gateway.ts";
import { listen, type Listener } from "./listen.ts";

const clock = manualClock(new Date("2026-11-20T06:00:00Z"));
const agent = new Agent({ keepAlive: true });
let listener: Listener | undefined;

afterEach(async () => {
  agent.destroy();
  await listener?.close();
});

/** A gateway whose answers the test gives. */
function heldGateway(): Gateway & { readonly held: ServerResponse[]; readonly stopped: () => boolean } {
  const held: ServerResponse[] = [];
  let stopped = false;
  return {
    held,
    stopped: () => stopped,
    handler: (_, response) =>
      new Promise((resolve) => {
        held.push(response);
        response.once("close", resolve);
      }),
    connect: async () => undefined,
    cutTunnels: () => undefined,
    stop() {
      stopped = true;
    },
  };
}

async function begin(
  gateway: ReturnType<typeof heldGateway>,
  port: number,
): Promise<{ readonly answer: Promise<string> }> {
  const call = request({ host: "127.0.0.1", port, agent });
  call.end();
  const answer = once(call, "response").then(([response]) => text(response as IncomingMessage));
  answer.catch(() => undefined);
  while (gateway.held.length === 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { answer };
}

describe("listen", () => {
  it("lets requests finish before it is closed, and accepts no new ones", async () => {
    const gateway = heldGateway();
    listener = await listen(gateway, { host: "127.0.0.1", port: 0, clock });
    const { port } = listener;
    const { answer } = await begin(gateway, port);

    const closing = listener.close();
    const [refused] = (await once(connect(port, "127.0.0.1"), "error")) as [NodeJS.ErrnoException];
    gateway.held[0]?.end("done");

    expect(refused.code).toBe("ECONNREFUSED");
    expect(await answer).toBe("done");
    await closing;
    listener = undefined;
  });

  it("cuts what does not finish within the grace", async () => {
    const gateway = heldGateway();
    listener = await listen(gateway, { host: "127.0.0.1", port: 0, clock, graceMs: 5000 });
    await begin(gateway, listener.port);

    const closing = listener.close();
    expect(gateway.stopped()).toBe(false);
    clock.advance(5000);
    await closing;

    expect(gateway.stopped()).toBe(true);
    listener = undefined;
  });

  it.each([
    ["nonsense\r\n\r\n", "400 Bad Request"],
    [`GET / HTTP/1.1\r\nHost: h\r\nX: ${"x".repeat(40_000)}\r\n\r\n`, "431 Request Header Fields Too Large"],
    ["POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "400 Bad Request"],
  ])("answers what is not HTTP", async (sent, status) => {
    listener = await listen(heldGateway(), { host: "127.0.0.1", port: 0, clock });
    const socket = connect(listener.port, "127.0.0.1");

    socket.write(sent);

    expect(await text(socket)).toMatch(`HTTP/1.1 ${status}\r\nConnection: close`);
  });

  it("tells that the port is taken", async () => {
    listener = await listen(heldGateway(), { host: "127.0.0.1", port: 0, clock });

    await expect(listen(heldGateway(), { host: "127.0.0.1", port: listener.port, clock })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });
});
