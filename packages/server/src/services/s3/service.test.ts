import * as client from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import { s3Service } from "./service.ts";
import { memoryObjects } from "./testing/memory-objects.ts";

it("names its operations as the client does, so that requests find them", () => {
  const known = new Set(Object.keys(client).flatMap((name) => /^(\w+)Command$/.exec(name)?.[1] ?? []));
  const own = [...s3Service({ objects: memoryObjects(() => new Date(0)) }).operations.keys()];
  expect(own.filter((name) => !known.has(name))).toEqual([]);
  expect(own.length).toBeGreaterThan(40);
});
