import { expect, it } from "vitest";
import { logRefusals } from "./log-refusals.ts";

it("writes what a request was refused with, line by line, and nothing of those that were answered", () => {
  const lines: string[] = [];
  const invoke = logRefusals(
    {
      invoke: ({ body }) => ({
        status: body.length === 0 ? 200 : 415,
        contentType: "text/html",
        body: Buffer.from("Loading csv data failed:\n row 1"),
      }),
    },
    (line) => lines.push(line),
  );
  const request = { contentType: "text/csv", accept: "", body: Buffer.from("") };
  expect(invoke(request).status).toBe(200);
  expect(lines).toEqual([]);
  expect(invoke({ ...request, body: Buffer.from("a") }).status).toBe(415);
  expect(lines).toEqual(["ERROR: 415 Loading csv data failed:", " row 1"]);
});
