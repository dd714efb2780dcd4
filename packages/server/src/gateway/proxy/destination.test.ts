import { expect, it } from "vitest";
import { parseDestination } from "./destination.ts";

it.each([
  ["Packages.Example:443", { host: "packages.example", port: 443 }],
  ["packages.example.:443", { host: "packages.example", port: 443 }],
  ["[2001:db8::1]:8443", { host: "2001:db8::1", port: 8443 }],
  ["example.com", undefined],
  ["example.com:0", undefined],
  ["example.com:70000", undefined],
  ["user@example.com:443", undefined],
  ["a/b:443", undefined],
  [":443", undefined],
])("reads %s", (authority, destination) => {
  expect(parseDestination(authority)).toEqual(destination);
});

it("takes the default port where none is named", () => {
  expect(parseDestination("example.com", 80)).toEqual({ host: "example.com", port: 80 });
});
