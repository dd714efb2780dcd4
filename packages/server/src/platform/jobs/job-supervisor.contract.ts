import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ManualClock } from "../clock/manual-clock.ts";
import type { RecordKey, RecordStore } from "../records/record-store.ts";
import {
  type JobAttempt,
  type JobKind,
  type JobSupervisor,
  serverClosing,
  StaleAttemptError,
} from "./job-supervisor.ts";

export interface JobSupervisorSubject {
  readonly records: RecordStore;
  readonly clock: ManualClock;
  /** A supervisor over `records`, or over a store that stands for them. Each call is another server. */
  create(records: RecordStore, concurrency: number): JobSupervisor;
  close(): Promise<void>;
}

interface TestJob {
  readonly attempt: number;
  readonly status: string;
  readonly steps: readonly string[];
}

const collection = "test.job";
const transitions = {
  InProgress: ["Stopping", "Completed", "Failed", "Stopped"],
  Stopping: ["Stopped", "Failed"],
};

/** What every job supervisor must do. */
export function describeJobSupervisor(name: string, open: () => Promise<JobSupervisorSubject>): void {
  describe(`job supervisor: ${name}`, () => {
    let subject: JobSupervisorSubject;
    const servers: JobSupervisor[] = [];

    beforeEach(async () => {
      subject = await open();
    });
    afterEach(async () => {
      await Promise.all(servers.splice(0).map((server) => server.close()));
      await subject.close();
    });

    function serve(
      run: JobKind<TestJob>["run"],
      options: { records?: RecordStore; concurrency?: number } = {},
    ): JobSupervisor {
      const server = subject.create(options.records ?? subject.records, options.concurrency ?? 4);
      server.register<TestJob>({
        collection,
        statusOf: (body) => body.status,
        isTerminal: (status) => ["Completed", "Failed", "Stopped"].includes(status),
        transitions,
        run,
        onCrash: (body, error) => ({ ...body, status: "Failed", steps: [...body.steps, String(error)] }),
      });
      servers.push(server);
      return server;
    }

    async function create(id: string): Promise<RecordKey> {
      const key = { collection, scope: { account: "123456789012", region: "us-east-1" }, id };
      const now = subject.clock.now();
      const body: TestJob = { attempt: 0, status: "InProgress", steps: [] };
      await subject.records.create(key, body, { createdAt: now, modifiedAt: now, status: body.status });
      return key;
    }

    async function read(key: RecordKey): Promise<TestJob> {
      const record = await subject.records.get<TestJob>(key);
      expect(record?.status).toBe(record?.body.status);
      return record?.body ?? { attempt: -1, status: "", steps: [] };
    }

    const settled = (server: JobSupervisor, key: RecordKey): Promise<void> =>
      server.settled(key, AbortSignal.timeout(10_000));

    it("runs a submitted job to its end, each change in its record", async () => {
      const key = await create("a");
      const server = serve(async (attempt) => {
        await attempt.update((body) => ({ ...body, steps: [...body.steps, `attempt ${attempt.attempt}`] }));
        return { ...(await attempt.update((body) => body)), status: "Completed" };
      });
      server.submit(key);
      await settled(server, key);
      expect(await read(key)).toEqual({ attempt: 1, status: "Completed", steps: ["attempt 1"] });
    });

    it("runs a job once, however often it is submitted", async () => {
      const key = await create("a");
      let runs = 0;
      const server = serve(async (attempt) => {
        runs++;
        return { ...attempt.body, status: "Completed" };
      });
      server.submit(key);
      server.submit(key);
      await settled(server, key);
      server.submit(key);
      await server.resume();
      await settled(server, key);
      expect(runs).toBe(1);
    });

    it("lets onCrash end a run that threw, and one that did not end", async () => {
      const [threw, unending] = [await create("threw"), await create("unending")];
      const server = serve(async (attempt) => {
        if (attempt.key.id === "threw") {
          throw new Error("the disk is gone");
        }
        return attempt.body;
      });
      server.submit(threw);
      server.submit(unending);
      await Promise.all([settled(server, threw), settled(server, unending)]);
      expect(await read(threw)).toMatchObject({ status: "Failed", steps: ["Error: the disk is gone"] });
      expect((await read(unending)).steps[0]).toContain(
        "test.job ended its run in status InProgress, which is not terminal",
      );
    });

    it("refuses a transition that the kind does not declare", async () => {
      const key = await create("a");
      const server = serve(async (attempt) => {
        await attempt.update((body) => ({ ...body, status: "Stopping" }));
        return await attempt.update((body) => ({ ...body, status: "Completed" }));
      });
      server.submit(key);
      await settled(server, key);
      expect((await read(key)).steps[0]).toContain("test.job declares no transition from Stopping to Completed");
    });

    it("tells a running job to stop, and one that still waits for its turn", async () => {
      const [running, waiting] = [await create("running"), await create("waiting")];
      const stopped = async (attempt: JobAttempt<TestJob>): Promise<TestJob> => {
        await aborted(attempt.stop);
        return { ...attempt.body, status: "Stopped", steps: [String(attempt.stop.reason)] };
      };
      const server = serve(stopped, { concurrency: 1 });
      server.submit(running);
      server.submit(waiting);
      server.requestStop(waiting, "never mind");
      server.requestStop(running, "enough");
      await Promise.all([settled(server, running), settled(server, waiting)]);
      expect(await read(running)).toMatchObject({ status: "Stopped", steps: ["enough"] });
      expect(await read(waiting)).toMatchObject({ status: "Stopped", steps: ["never mind"] });
    });

    it("runs no more jobs at a time than it may, in the order they came", async () => {
      const keys = await Promise.all(["1", "2", "3", "4", "5"].map(create));
      const order: string[] = [];
      let [running, most] = [0, 0];
      const server = serve(
        async (attempt) => {
          order.push(attempt.key.id);
          most = Math.max(most, ++running);
          await attempt.update((body) => body);
          running--;
          return { ...attempt.body, status: "Completed" };
        },
        { concurrency: 2 },
      );
      keys.forEach((key) => server.submit(key));
      await Promise.all(keys.map((key) => settled(server, key)));
      expect(order).toEqual(["1", "2", "3", "4", "5"]);
      expect(most).toBe(2);
    });

    it("resumes as a new attempt what a server that stopped had begun", async () => {
      const key = await create("a");
      const began = signal();
      const first = serve(async (attempt) => {
        began.raise();
        await aborted(attempt.stop);
        expect(attempt.stop.reason).toBe(serverClosing);
        return { ...attempt.body, status: "Failed" };
      });
      first.submit(key);
      await began.raised;
      await first.close();
      expect(await read(key)).toMatchObject({ attempt: 1, status: "InProgress" });

      const second = serve(async (attempt) => ({ ...attempt.body, status: "Completed" }));
      await second.resume();
      await settled(second, key);
      expect(await read(key)).toMatchObject({ attempt: 2, status: "Completed" });
    });

    it("lets no earlier attempt write", async () => {
      const key = await create("a");
      const [began, go] = [signal(), signal()];
      let refusal: unknown;
      const first = serve(async (attempt) => {
        began.raise();
        await go.raised;
        await attempt.update((body) => ({ ...body, steps: ["late"] })).catch((error: unknown) => (refusal = error));
        return { ...attempt.body, status: "Failed" };
      });
      first.submit(key);
      await began.raised;
      const second = serve(async (attempt) => ({ ...attempt.body, status: "Completed" }));
      await second.resume();
      await settled(second, key);
      go.raise();
      await first.close();
      expect(refusal).toBeInstanceOf(StaleAttemptError);
      expect(await read(key)).toEqual({ attempt: 2, status: "Completed", steps: [] });
    });

    it("settles at once for what is over or gone, and when asked to give up", async () => {
      const key = await create("a");
      const server = serve(async (attempt) => {
        await aborted(attempt.stop);
        return { ...attempt.body, status: "Stopped" };
      });
      server.submit(key);
      await server.settled(key, AbortSignal.abort());
      const patience = new AbortController();
      const waiting = server.settled(key, patience.signal);
      patience.abort();
      await waiting;
      await server.settled({ ...key, id: "gone" }, AbortSignal.timeout(10_000));
      expect((await read(key)).status).toBe("InProgress");
    });

    it("stores the end of a job as soon as the store takes it again", async () => {
      const key = await create("a");
      const refusing = signal();
      let isFull = false;
      const records = intercepted(subject.records, async () => {
        if (isFull) {
          refusing.raise();
          throw new Error("database or disk is full");
        }
      });
      const server = serve(
        async (attempt) => {
          isFull = true;
          return { ...attempt.body, status: "Completed" };
        },
        { records },
      );
      server.submit(key);
      await refusing.raised;
      isFull = false;
      const done = settled(server, key);
      while ((await read(key)).status === "InProgress") {
        subject.clock.advance(1000);
        await setImmediate();
      }
      await done;
      expect(await read(key)).toMatchObject({ attempt: 1, status: "Completed" });
    });

    it("ends every job once, with the work of its last attempt, wherever its servers died", async () => {
      for (let death = 1; death <= 12; death++) {
        const key = await create(`death-${death}`);
        await dyingServer(key, death);
        const last = serve(threeSteps);
        await last.resume();
        await settled(last, key);
        const body = await read(key);
        expect(body.status).toBe("Completed");
        expect(body.steps.filter((step) => step.startsWith("end"))).toHaveLength(1);
        expect(body.steps.at(-1)).toBe(`end ${body.attempt}`);
      }
    });

    /** Runs a job on a server whose `death`-th write is never answered: half of them reach the store, half do not. */
    async function dyingServer(key: RecordKey, death: number): Promise<void> {
      const died = signal();
      let writes = 0;
      const records = intercepted(subject.records, async (perform) => {
        if (++writes < death) {
          return;
        }
        if (writes === death && death % 2 === 0) {
          await perform();
        }
        died.raise();
        await new Promise(() => undefined);
      });
      const server = subject.create(records, 4);
      server.register<TestJob>({
        collection,
        statusOf: (body) => body.status,
        isTerminal: (status) => status === "Completed",
        transitions,
        run: threeSteps,
        onCrash: (body) => body,
      });
      server.submit(key);
      await Promise.race([died.raised, settled(server, key)]);
    }
  });
}

async function threeSteps(attempt: JobAttempt<TestJob>): Promise<TestJob> {
  await attempt.update((body) => ({ ...body, steps: [`begin ${attempt.attempt}`] }));
  await attempt.update((body) => ({ ...body, steps: [...body.steps, `work ${attempt.attempt}`] }));
  return await attempt.update((body) => ({
    ...body,
    status: "Completed",
    steps: [...body.steps, `end ${attempt.attempt}`],
  }));
}

/** The same store, with `before` in front of each update. `perform` makes the update early. */
function intercepted(records: RecordStore, before: (perform: () => Promise<unknown>) => Promise<void>): RecordStore {
  return new Proxy(records, {
    get(target, property) {
      if (property === "update") {
        return async (...update: Parameters<RecordStore["update"]>) => {
          await before(() => target.update(...update));
          return await target.update(...update);
        };
      }
      const member: unknown = Reflect.get(target, property);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
}

function signal(): { readonly raised: Promise<void>; raise(): void } {
  let raise: () => void = () => undefined;
  const raised = new Promise<void>((resolve) => (raise = resolve));
  return { raised, raise: () => raise() };
}

function aborted(abort: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (abort.aborted) {
      resolve();
    }
    abort.addEventListener("abort", () => resolve());
  });
}
