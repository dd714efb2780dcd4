import { expect, it } from "vitest";
import { goesDirect, proxyCredentials } from "./upstream-proxy.ts";

it.each([
  [["*"], "packages.example", true],
  [["packages.example"], "packages.example", true],
  [[".corp.example"], "git.corp.example", true],
  [["*.corp.example"], "git.corp.example", true],
  [["corp.example"], "git.corp.example", true],
  [["corp.example"], "notcorp.example", false],
  [["git.corp.example:443"], "git.corp.example", true],
  [["git.corp.example:22"], "git.corp.example", false],
  [["", " "], "packages.example", false],
  [["::1"], "::1", true],
])("NO_PROXY=%s, %s", (noProxy, host, direct) => {
  expect(goesDirect(noProxy, { host, port: 443 })).toBe(direct);
});

it("decodes the user and password of the address", () => {
  expect(proxyCredentials(new URL("http://me:p%40ss@proxy.example:3128"))).toBe(
    `Basic ${Buffer.from("me:p@ss").toString("base64")}`,
  );
  expect(proxyCredentials(new URL("http://proxy.example:3128"))).toBeUndefined();
});
