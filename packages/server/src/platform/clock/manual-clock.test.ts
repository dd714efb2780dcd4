import { describe, expect, it } from "vitest";
import { manualClock } from "./manual-clock.ts";

const start = new Date("2024-01-01T00:00:00Z");

describe("manualClock", () => {
  it("calls what is due in order of time, each at its own time, including what callbacks schedule", () => {
    const clock = manualClock(start);
    const seen: string[] = [];
    const note = (name: string) => seen.push(`${name}@${clock.now().getTime() - start.getTime()}`);
    clock.schedule(30, () => note("late"));
    clock.schedule(10, () => {
      note("first");
      clock.schedule(5, () => note("nested"));
    });
    clock.schedule(10, () => note("second"));
    clock.schedule(41, () => note("never"));

    clock.advance(40);

    expect(seen).toEqual(["first@10", "second@10", "nested@15", "late@30"]);
    expect(clock.now().getTime() - start.getTime()).toBe(40);
  });

  it("does not call what was cancelled", () => {
    const clock = manualClock(start);
    let calls = 0;
    const timer = clock.schedule(1, () => (calls += 1));
    timer.cancel();
    clock.advance(10);
    expect(calls).toBe(0);
  });
});
