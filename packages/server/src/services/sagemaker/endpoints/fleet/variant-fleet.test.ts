import { afterEach, describe, expect, it } from "vitest";
import { manualClock } from "../../../../platform/clock/manual-clock.ts";
import { advanceUntil } from "../../testing/advance-until.ts";
import { deployEndpoint, endpointFixture, type EndpointFixture } from "../../testing/endpoint-fixture.ts";

const named = { EndpointName: "Endpoint" };
const invocation = { ...named, ContentType: "text/csv", Body: Buffer.from("1,2") };
let fixture: EndpointFixture;

afterEach(() => fixture.close());

function outcome(call: Promise<Record<string, unknown>>): Promise<string> {
  return call.then(
    (answer) => String(answer["Body"]),
    (error: unknown) => (error as Error).name,
  );
}

describe("a variant's hosts", () => {
  it("fail the calls that a crash interrupts, and no call that still waited for a connection", async () => {
    fixture = await endpointFixture();
    fixture.compute.behaviour.invoke = (_call, response, host) => {
      if (host === fixture.compute.hosts[0]) {
        if (host.calls.length === 64) {
          host.crash();
        }
        return;
      }
      response.end("from the second");
    };
    await deployEndpoint(fixture);
    const outcomes = await Promise.all(
      Array.from({ length: 80 }, () => outcome(fixture.call("InvokeEndpoint", invocation))),
    );
    expect(outcomes.filter((one) => one === "ModelError")).toHaveLength(64);
    expect(outcomes.filter((one) => one === "from the second")).toHaveLength(16);
  });

  it("are replaced ever more slowly when they go on crashing", async () => {
    const clock = manualClock(new Date(0));
    fixture = await endpointFixture({ clock });
    await advanceUntil(clock, 1, deployEndpoint(fixture));
    const startedAt: number[] = [];
    fixture.compute.behaviour.started = (host) => {
      startedAt.push(clock.now().getTime());
      host.crash();
    };
    fixture.compute.hosts[0]?.crash();
    await advanceUntil(clock, 5, expect.poll(() => startedAt.length, { interval: 1 }).toBeGreaterThan(4));
    const pauses = startedAt.slice(1).map((at, index) => at - (startedAt[index] ?? 0));
    expect(pauses.every((pauseMs, index) => pauseMs >= 200 * 2 ** index)).toBe(true);
  });

  it("answer small calls through the server when they give it their model, also while there is no host", async () => {
    const seen: string[] = [];
    fixture = await endpointFixture({
      decode: (bytes) => ({
        invoke: ({ body }) => {
          seen.push(String(Buffer.from(body)));
          return { status: 200, contentType: "text/csv", body: bytes };
        },
      }),
    });
    fixture.compute.behaviour.flatModel = Buffer.from("flat");
    await deployEndpoint(fixture);
    fixture.compute.hosts[0]?.crash();
    expect(await outcome(fixture.call("InvokeEndpoint", invocation))).toBe("flat");
    expect(seen).toEqual(["1,2"]);
  });

  it("do all the work when their model cannot be read", async () => {
    fixture = await endpointFixture();
    fixture.compute.behaviour.flatModel = Buffer.from("garbage");
    await deployEndpoint(fixture);
    expect(await outcome(fixture.call("InvokeEndpoint", invocation))).toBe("1: 1,2");
  });

  it("that do not answer in a minute get AWS's time-out", async () => {
    const clock = manualClock(new Date(0));
    fixture = await endpointFixture({ clock });
    fixture.compute.behaviour.invoke = () => undefined;
    await advanceUntil(clock, 1, deployEndpoint(fixture));
    await expect(advanceUntil(clock, 5000, fixture.call("InvokeEndpoint", invocation))).rejects.toMatchObject({
      code: "ModelError",
      message: expect.stringContaining(
        'Received server error (0) from primary with message "Your invocation timed out while waiting for a response from container primary.',
      ),
    });
  });

  it("that never get healthy fail after four minutes, or the time that the variant gives them", async () => {
    const clock = manualClock(new Date(0));
    fixture = await endpointFixture({ clock });
    fixture.compute.behaviour.ping = () => 500;
    await advanceUntil(clock, 1000, deployEndpoint(fixture));
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(240_000);
    expect(await fixture.call("DescribeEndpoint", named)).toMatchObject({
      EndpointStatus: "Failed",
      FailureReason: expect.stringMatching(
        /^The primary container for production variant AllTraffic did not pass the ping health check\. Please check CloudWatch logs for this endpoint\./,
      ),
    });
  });
});
