import { describe, expect, it } from "vitest";
import { manualClock } from "../../platform/clock/manual-clock.ts";
import type { RecordKey } from "../../platform/records/record-store.ts";
import { FirstDescribes } from "./first-describes.ts";
import { callContext } from "./testing/call-context.ts";

const key: RecordKey = {
  collection: "sagemaker.endpoint",
  scope: { account: "123456789012", region: "us-east-1" },
  id: "e",
};
const sdk = callContext({ userAgent: "Boto3/1.26 AWS-SageMaker-Python-SDK/1.72.0 Python/3.11" });

function untilAborted(_key: RecordKey, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

describe("FirstDescribes", () => {
  it("holds the SDK's first describe until the resource settles", async () => {
    const holds = new FirstDescribes(manualClock(new Date(0)), 2000);
    holds.expect(key);
    let settle = (): void => undefined;
    const held = holds.hold(key, sdk, () => new Promise((resolve) => (settle = resolve)));
    settle();
    await expect(held).resolves.toBeUndefined();
  });

  it("lets it go after the hold time, and never holds a second one", async () => {
    const clock = manualClock(new Date(0));
    const holds = new FirstDescribes(clock, 2000);
    holds.expect(key);
    let over = false;
    const held = holds.hold(key, sdk, untilAborted).then(() => (over = true));
    clock.advance(1999);
    await Promise.resolve();
    expect(over).toBe(false);
    clock.advance(1);
    await held;
    await holds.hold(key, sdk, () => expect.unreachable());
  });

  it("holds nobody else, nothing unexpected, and nothing when it is off", async () => {
    const holds = new FirstDescribes(manualClock(new Date(0)), 2000);
    holds.expect(key);
    await holds.hold(key, callContext({ userAgent: "aws-cli/2.9" }), () => expect.unreachable());
    await holds.hold({ ...key, id: "other" }, sdk, () => expect.unreachable());
    const off = new FirstDescribes(manualClock(new Date(0)), 0);
    off.expect(key);
    await off.hold(key, sdk, () => expect.unreachable());
  });
});
