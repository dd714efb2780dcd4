import type { IncomingMessage } from "node:http";
import { expect, it } from "vitest";
import { foreignTarget } from "./foreign-target.ts";

it.each([
  ["/path", undefined],
  ["*", undefined],
  ["http://", undefined],
  ["http://s3.amazonaws.com/b/k", undefined],
  ["http://127.0.0.1:8080/b/k", undefined],
  ["http://my-bucket.localhost:8080/k", undefined],
  ["http://127.0.0.1:9090/x", "http://127.0.0.1:9090/x"],
  ["http://ai.stanford.edu/~amaas/", "http://ai.stanford.edu/~amaas/"],
])("%s", (url, target) => {
  const incoming = { url, socket: { localPort: 8080 } } as unknown as IncomingMessage;

  expect(foreignTarget(incoming)?.href).toBe(target);
});
