import { describe, expect, it } from "vitest";
import { randomIds } from "./random-ids.ts";
import { seededIds } from "./seeded-ids.ts";

describe.each([
  ["randomIds", randomIds],
  ["seededIds", () => seededIds("a")],
])("%s", (_name, create) => {
  it("spells ids in the alphabets that AWS uses, in the lengths asked for", () => {
    const ids = create();
    expect(ids.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids.hex(7)).toMatch(/^[0-9a-f]{7}$/);
    expect(ids.base32(16)).toMatch(/^[A-Z2-7]{16}$/);
    expect(ids.secret(40)).toMatch(/^[A-Za-z0-9+/]{40}$/);
  });

  it("does not repeat itself", () => {
    const ids = create();
    expect(new Set(Array.from({ length: 1000 }, () => ids.uuid())).size).toBe(1000);
  });
});

describe("seededIds", () => {
  it("gives the same ids for the same seed and others for another", () => {
    const take = (seed: string): string[] => {
      const ids = seededIds(seed);
      return [ids.uuid(), ids.base32(16), ids.secret(40), ids.hex(8)];
    };
    expect(take("a")).toEqual(take("a"));
    expect(take("a")).not.toEqual(take("b"));
  });
});
