import { describe, expect, it } from "vitest";
import { parseTimestamp, timestampWriter } from "./timestamps.ts";

const noon = new Date("2026-11-20T12:00:00Z");

describe("parseTimestamp", () => {
  it.each([
    "2026-11-20T12:00:00Z",
    "2026-11-20t12:00:00.000z",
    "2026-11-20T12:00",
    "2026-11-20T12:00:00",
    "2026-11-20T13:30:00+01:30",
    "2026-11-20T10:30:00-0130",
    "Fri, 20 Nov 2026 12:00:00 GMT",
    "Friday, 20-Nov-26 12:00:00 GMT",
    "1795176000",
    "1795176000.0",
    "1.795176e9",
  ])("reads %s", (text) => {
    expect(parseTimestamp(text)).toEqual(noon);
  });

  it("keeps milliseconds, and takes a day for its beginning", () => {
    expect(parseTimestamp("1.5")).toEqual(new Date(1500));
    expect(parseTimestamp("2026-11-20")).toEqual(new Date("2026-11-20T00:00:00Z"));
  });

  it.each(["", "soon", "2026-13-20T12:00:00Z", "Fri, 99 Foo 2026", "1e300", "20261120T120000Z", "0x10"])(
    "does not read %j",
    (text) => {
      expect(parseTimestamp(text)).toBeUndefined();
    },
  );
});

describe("timestampWriter", () => {
  it.each([
    ["date-time", "2026-11-20T12:00:00Z"],
    ["date-time-millis", "2026-11-20T12:00:00.000Z"],
    ["http-date", "Fri, 20 Nov 2026 12:00:00 GMT"],
    ["epoch-seconds", "1795176000"],
  ] as const)("%s", (format, text) => {
    expect(timestampWriter(format)(noon)).toBe(text);
    // Dates come back from JSON records as text.
    expect(timestampWriter(format)(noon.toISOString())).toBe(text);
  });

  it("refuses what is no timestamp", () => {
    for (const value of [1_795_176_000, "soon", new Date(Number.NaN)]) {
      expect(() => timestampWriter("date-time")(value)).toThrow(TypeError);
    }
  });
});
