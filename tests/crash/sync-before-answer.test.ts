import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awsClients } from "../support/aws-clients.ts";
import { startServer } from "../support/server.ts";
import { skipWithout } from "../support/skip-without.ts";
import { missingSyncs, type TracedPut } from "./support/durable-puts.ts";
import { readTrace, tracer, type SystemCall } from "./support/system-calls.ts";

const traces = spawnSync("strace", ["-f", "--seccomp-bpf", "-e", "trace=write", "true"]).status === 0;
const skip = skipWithout(traces, "no program may be traced here", "apt-get install strace, and permit ptrace");

// Killing a process proves nothing about the disk: the kernel has the bytes. What a power cut leaves is what was synced.
describe.skipIf(skip)("what is synced before a PUT is acknowledged", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "clary-trace-"));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  /** Puts objects, one after the other and then all at once, and returns what the server did meanwhile. */
  async function tracePuts(
    name: string,
    ephemeral: boolean,
    puts: readonly TracedPut[],
  ): Promise<readonly SystemCall[]> {
    const output = join(directory, `${name}.trace`);
    const server = await startServer({
      dataDirectory: join(directory, name),
      ephemeral,
      wrapper: tracer(output),
      // Reads and writes that go through io_uring are no system calls.
      environment: { UV_USE_IO_URING: "0" },
    });
    const clients = awsClients(server);
    await clients.s3.send(new CreateBucketCommand({ Bucket: "trace" }));
    const send = ({ key, marker, kind }: TracedPut): Promise<unknown> => {
      const Body = Buffer.alloc(kind === "inline" ? 2_000 : 100_000, `${marker} `);
      return clients.s3.send(new PutObjectCommand({ Bucket: "trace", Key: key, Body }));
    };
    for (const put of puts.slice(0, 6)) {
      await send(put);
    }
    await Promise.all(puts.slice(6).map(send));
    clients.destroy();
    await server.stop();
    return readTrace(output);
  }

  it("syncs bytes, name and metadata, in this order", async () => {
    const puts = tracedPuts(30);
    const calls = await tracePuts("durable", false, puts);
    expect(puts.flatMap((put) => missingSyncs(calls, put))).toEqual([]);
  });

  it("sees it where nothing is synced", async () => {
    const puts = tracedPuts(2);
    const calls = await tracePuts("ephemeral", true, puts);
    const [inline = ""] = puts.flatMap((put) => missingSyncs(calls, put));
    expect(inline).toMatch(/^inline-0: inline-0 is written to the log, which is not synced before the answer$/);
  });
});

function tracedPuts(count: number): readonly TracedPut[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = index % 2 === 0 ? "inline" : "blob";
    return { key: `${kind}-${index}`, marker: `body/of/${kind}/${index}/`, kind };
  });
}
