import { promisify } from "node:util";
import { expect, it } from "vitest";
import { guardedLookup, isForbiddenAddress } from "./forbidden-addresses.ts";

it.each([
  ["169.254.169.254", true],
  ["169.254.170.2", true],
  ["::ffff:169.254.169.254", true],
  ["fe80::1", true],
  ["fd00:ec2::254", true],
  ["10.0.0.1", false],
  ["127.0.0.1", false],
  ["2001:db8::1", false],
  ["packages.example", false],
])("%s", (address, forbidden) => {
  expect(isForbiddenAddress(address)).toBe(forbidden);
});

it("refuses a name that resolves to a forbidden address", async () => {
  const resolve = promisify(guardedLookup);

  await expect(resolve("169.254.169.254", { all: true })).rejects.toMatchObject({ code: "EACCES" });
  await expect(resolve("localhost", { all: true })).resolves.toBeDefined();
});
