import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { manualClock } from "../clock/manual-clock.ts";
import { createAccessLog } from "./access-log.ts";
import { openLogDestination } from "./log-destination.ts";
import { createServerLog } from "./server-log.ts";

const clock = manualClock(new Date("2026-11-20T06:00:00Z"));
const entry = {
  requestId: "r-1",
  service: "sts",
  operation: "GetCallerIdentity",
  status: 200,
  durationMs: 1.5,
  requestBytes: 43,
  responseBytes: 400,
  caller: "arn:aws:iam::123456789012:root",
};

describe("createAccessLog", () => {
  it("writes one line of JSON per request, timed by the server's clock", () => {
    const lines: string[] = [];
    const log = createServerLog({ level: "info", destination: { write: (line) => lines.push(line) }, clock });

    createAccessLog(log).write(entry);

    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      level: "info",
      time: "2026-11-20T06:00:00.000Z",
      msg: "request",
      ...entry,
    });
  });

  it("is silent above its level", () => {
    const lines: string[] = [];
    const log = createServerLog({ level: "warn", destination: { write: (line) => lines.push(line) }, clock });

    createAccessLog(log).write(entry);

    expect(lines).toEqual([]);
  });
});

describe("openLogDestination", () => {
  it("has everything in the file when it is closed", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "clary-log-")), "logs", "server.log");
    const destination = openLogDestination(path, clock);

    destination.write("one\n");
    destination.write("two\n");
    await destination.close();

    expect(await readFile(path, "utf8")).toBe("one\ntwo\n");
  });
});
