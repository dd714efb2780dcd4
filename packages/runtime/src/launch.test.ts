import { PassThrough } from "node:stream";
import { expect, it, vi } from "vitest";
import { receiveLaunch } from "./launch.ts";

it("reads its launch message, in whatever pieces it comes, and notices when the server is gone", async () => {
  const pipe = new PassThrough();
  const orphaned = vi.fn<() => void>();
  const launch = receiveLaunch(pipe, { onOrphaned: orphaned, onStop: () => undefined });
  const message = { algorithm: "xgboost", imageVersion: "0.72", threads: 2, environment: { NAME: "välue" } };
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  pipe.write(bytes.subarray(0, bytes.indexOf("lue") - 1));
  pipe.write(bytes.subarray(bytes.indexOf("lue") - 1));
  expect(await launch).toEqual(message);
  expect(orphaned).not.toHaveBeenCalled();
  pipe.end();
  await vi.waitFor(() => expect(orphaned).toHaveBeenCalledOnce());
});

it("refuses a message without an end", async () => {
  const pipe = new PassThrough();
  const launch = receiveLaunch(pipe, { onOrphaned: () => undefined, onStop: () => undefined });
  pipe.write("x".repeat((1 << 20) + 1));
  await expect(launch).rejects.toThrow("the launch message is longer than 1048576 bytes");
});

it.each([
  ["in one piece", (message: string): readonly string[] => [`${message}\n"stop"\n`]],
  ["in many", (message: string): readonly string[] => [message, "\n", '"st', 'op"', "\n"]],
])("is asked to stop by a line after the message, %s", async (_how, pieces) => {
  const pipe = new PassThrough();
  const onStop = vi.fn<() => void>();
  const launch = receiveLaunch(pipe, { onOrphaned: () => undefined, onStop });
  for (const piece of pieces('{"algorithm":"xgboost"}')) {
    pipe.write(piece);
  }
  expect(await launch).toEqual({ algorithm: "xgboost" });
  await vi.waitFor(() => expect(onStop).toHaveBeenCalledOnce());
});
