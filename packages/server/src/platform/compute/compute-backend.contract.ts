import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type ComputeBackend,
  ComputeError,
  type LeftFile,
  type RunningWorkload,
  type Workload,
} from "./compute-backend.ts";

export interface ComputeBackendSubject {
  /** A backend whose workers do what `SCRIPT` in their environment says (`testing/scripted-worker.js`). */
  create(): Promise<ComputeBackend>;
  /** Whether processes of a workload are still alive, looked up by a text that is in their command line. */
  isAlive(mark: string): Promise<boolean>;
}

/** What every compute backend must do. */
export function describeComputeBackend(name: string, subject: ComputeBackendSubject): void {
  describe(`compute backend: ${name}`, () => {
    let backend: ComputeBackend;
    let count = 0;

    beforeAll(async () => {
      backend = await subject.create();
    });
    afterAll(() => backend.close());

    function workload(script: string, more: Partial<Workload> = {}): Workload & { readonly lines: string[] } {
      const lines: string[] = [];
      return {
        id: `contract-${++count}`,
        image: { uri: "a/test:1", repository: "test", tag: "1", algorithm: "scripted", version: "1" },
        command: "train",
        files: [],
        pipes: [],
        onLine: (line) => void lines.push(line),
        lines,
        ...more,
        environment: { ...more.environment, SCRIPT: script },
      };
    }

    it("hands over both outputs in order, line by line, before the exit", async () => {
      const job = workload(`console.log("one\\ntwo"); console.error("three"); process.stdout.write("four"); return 3;`);
      const running = await backend.start(job);
      expect([await running.exit, job.lines]).toEqual([
        { code: 3, signal: null, outOfMemory: false },
        ["one", "two", "three", "four"],
      ]);
      await running.remove();
    });

    it("shows the files it was given and tells what was left, sorted", async () => {
      const job = workload(
        `const fs = require("node:fs");
         const name = fs.readFileSync(root + "/input/data/train/deep/a.csv", "utf8");
         fs.mkdirSync(root + "/model/sub");
         fs.writeFileSync(root + "/model/b", "second");
         fs.writeFileSync(root + "/model/sub/a", name);`.replaceAll("require(", "process.getBuiltinModule("),
        {
          files: [
            { path: "input/config/hyperparameters.json", content: Buffer.from("{}") },
            { path: "input/data/train/deep/a.csv", content: async () => Readable.from(["1,", "2"]) },
          ],
        },
      );
      const running = await backend.start(job);
      expect([(await running.exit).code, job.lines]).toEqual([0, []]);
      expect(await leftIn(running, "model")).toEqual([
        ["b", "second"],
        ["sub/a", "1,2"],
      ]);
      expect(await leftIn(running, "nowhere")).toEqual([]);
      await running.remove();
    });

    it("gives the workload its environment and nothing of the server's", async () => {
      const job = workload(`console.log(JSON.stringify([launch.environment.GIVEN, Object.keys(process.env).sort()]))`, {
        environment: { GIVEN: "yes" },
      });
      const running = await backend.start(job);
      await running.exit;
      const [given, names] = JSON.parse(job.lines[0] ?? "null") as [string, string[]];
      expect(given).toBe("yes");
      const allowed = [
        "CLARY_ML_ROOT",
        "CLARY_WORKLOAD",
        "LANG",
        "OLDPWD",
        "OMP_WAIT_POLICY",
        "PATH",
        "PWD",
        "SHLVL",
        "_",
      ];
      expect(names.filter((variable) => !allowed.includes(variable))).toEqual([]);
      await running.remove();
    });

    it("follows links inside the job's directory and none that lead out of it", async () => {
      const job = workload(
        `const fs = process.getBuiltinModule("node:fs");
         fs.writeFileSync(root + "/output/real", "inside");
         fs.symlinkSync("/etc/passwd", root + "/model/stolen");
         fs.symlinkSync("../../../../../../../../etc/passwd", root + "/model/climbed");
         fs.symlinkSync("/etc", root + "/model/etc");
         fs.symlinkSync("loop", root + "/model/loop");
         fs.symlinkSync("../output/real", root + "/model/link");`,
      );
      const running = await backend.start(job);
      expect([(await running.exit).code, job.lines]).toEqual([0, []]);
      expect(await leftIn(running, "model")).toEqual([["link", "inside"]]);
      await running.remove();
    });

    it.each(["../outside", "/etc/outside", "input/../../outside", "a//b", "", "a/./b", "a\0b"])(
      "refuses the file path %j",
      async (path) => {
        const started = backend.start(workload("", { files: [{ path, content: Buffer.from("x") }] }));
        await expect(started).rejects.toThrow(ComputeError);
        await expect(started).rejects.toThrow(`"${path}" cannot be the path of a file below /opt/ml`);
      },
    );

    it("passes on the error of a file's own source", async () => {
      const failure = new Error("the object is corrupt");
      const content = async (): Promise<Readable> => {
        throw failure;
      };
      await expect(backend.start(workload("", { files: [{ path: "input/data/a", content }] }))).rejects.toBe(failure);
    });

    it("asks with SIGTERM first", async () => {
      const job = workload(
        `const asked = new Promise((resolve) => process.once("SIGTERM", resolve));
         console.log("ready");
         await asked;
         console.log("saved");`,
      );
      const ready = lineSeen(job, "ready");
      const running = await backend.start(ready.workload);
      await ready.seen;
      expect(await running.stop(60_000)).toMatchObject({ code: 0 });
      expect(job.lines).toEqual(["ready", "saved"]);
      await running.remove();
    });

    it("kills a workload that does not listen, with everything it started", async () => {
      const mark = `contract-orphan-${process.pid}`;
      const job = workload(
        `process.on("SIGTERM", () => undefined);
         process.getBuiltinModule("node:child_process").spawn("sh", ["-c", "sleep 1000; : ${mark}"], { detached: true });
         console.log("ready");
         await new Promise(() => undefined);`,
      );
      const ready = lineSeen(job, "ready");
      const running = await backend.start(ready.workload);
      await ready.seen;
      const exit = await running.stop(50);
      expect([exit.signal, exit.code]).toSatisfy(([signal, code]) => signal === "SIGKILL" || code === 137);
      expect(await subject.isAlive(mark)).toBe(false);
      await running.remove();
    });

    it("feeds a pipe epoch by epoch, also after one was closed early", async () => {
      const job = workload(
        `const fs = process.getBuiltinModule("node:fs");
         const early = fs.createReadStream(root + "/input/data/train_0");
         await new Promise((resolve) => early.once("data", resolve));
         early.destroy();
         await new Promise((resolve) => early.once("close", resolve));
         const read = async (epoch) => {
           const path = root + "/input/data/train_" + epoch;
           while (!fs.existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 5));
           let size = 0;
           for await (const chunk of fs.createReadStream(path)) size += chunk.length;
           return size;
         };
         console.log(await read(1), await read(2));`,
        {
          pipes: [
            { channel: "train", open: async (epoch) => Readable.from(Array(epoch + 3).fill(Buffer.alloc(100_000, 1))) },
          ],
        },
      );
      const running = await backend.start(job);
      expect([(await running.exit).code, job.lines]).toEqual([0, ["400000 500000"]]);
      await running.remove();
    });

    it("ends what still runs when it closes, and starts nothing afterwards", async () => {
      const closing = await subject.create();
      const ready = lineSeen(workload(`console.log("ready"); await new Promise(() => undefined);`), "ready");
      const running = await closing.start(ready.workload);
      await ready.seen;
      await closing.close();
      const exit = await running.exit;
      expect([exit.signal, exit.code]).toSatisfy(([signal, code]) => signal === "SIGKILL" || code === 137);
      await expect(closing.start(workload(""))).rejects.toThrow("the server is stopping");
    });
  });
}

/** The same workload, with a promise for a line of its output. */
function lineSeen(workload: Workload, line: string): { readonly workload: Workload; readonly seen: Promise<void> } {
  let found: () => void = () => undefined;
  const seen = new Promise<void>((resolve) => (found = resolve));
  const onLine = async (text: string): Promise<void> => {
    await workload.onLine(text);
    if (text === line) {
      found();
    }
  };
  return { workload: { ...workload, onLine }, seen };
}

async function leftIn(running: RunningWorkload, directory: string): Promise<readonly (readonly [string, string])[]> {
  const left: (readonly [string, string])[] = [];
  for await (const file of running.files(directory) as AsyncIterable<LeftFile>) {
    left.push([file.path, await text(file.open())]);
  }
  return left;
}
