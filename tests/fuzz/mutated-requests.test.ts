import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedOfRun } from "../support/seeded-random.ts";
import { exchange, requestBytes, type Answer } from "./support/exchange.ts";
import { bucket, endpointName, startFuzzedServer, type FuzzedServer } from "./support/fuzzed-server.ts";
import { anyMutation, type Mutation } from "./support/mutations.ts";
import type { RecordedRequest } from "./support/recorded-request.ts";
import { recordings } from "./support/recordings.ts";
import { signedHeaders } from "./support/sign-request.ts";

const seconds = Number(process.env["CLARY_FUZZ_SECONDS"] ?? 20);
const seed = seedOfRun();

describe(`requests of every protocol, mutated for ${seconds} s with CLARY_SEED=${seed}`, () => {
  let fuzzed: FuzzedServer;
  let requests: readonly RecordedRequest[] = [];

  beforeAll(async () => {
    fuzzed = await startFuzzedServer();
    const { executionRoleArn: roleArn } = fuzzed.server;
    requests = await recordings({ bucket, key: "train.csv", endpoint: endpointName, roleArn });
  });
  afterAll(() => fuzzed.server.stop());

  async function send(request: RecordedRequest, isSigned: boolean): Promise<Answer> {
    const headers = isSigned ? signedHeaders(request, fuzzed.server, new Date()) : request.headers;
    const host = `127.0.0.1:${fuzzed.server.port}`;
    return exchange(fuzzed.server.port, requestBytes(request, { host, ...headers }));
  }

  it("are understood as they were recorded, so that mutations get past the door", async () => {
    for (const request of requests) {
      const { status, text } = await send(request, true);
      const refusal = /SignatureDoesNotMatch|InternalFailure|InternalError/.exec(text)?.[0];
      expect([request.name, typeof status, refusal]).toEqual([request.name, "number", undefined]);
    }
  });

  it("are answered, never with a failure of the server", async () => {
    const statuses = new Map<number | undefined, number>();
    const property = fc.asyncProperty(
      fc.nat(),
      fc.array(anyMutation(), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 0, max: 9 }),
      async (which, mutations, luck) => {
        const recorded = requests[which % requests.length];
        if (recorded === undefined) {
          throw new Error("there are no recordings");
        }
        const request = mutations.reduce((changed, mutation) => mutation.apply(changed), recorded);
        const answer = await send(request, luck > 1).catch((error: unknown) => {
          throw new Error(`${describeCase(recorded, mutations)}: ${String(error)}\n${fuzzed.server.errors()}`);
        });
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        if (!isDeclared(answer.status)) {
          throw new Error(`${describeCase(recorded, mutations)} was answered:\n${answer.text.slice(0, 600)}`);
        }
      },
    );
    await fc.assert(property, {
      seed,
      numRuns: 1_000_000,
      interruptAfterTimeLimit: seconds * 1_000,
      markInterruptAsFailure: false,
    });
    console.log(
      [...statuses]
        .toSorted(([, a], [, b]) => b - a)
        .map(([status, count]) => `${status}: ${count}`)
        .join(", "),
    );
    expect(statuses.get(400)).toBeGreaterThan(10);
    expect(await fuzzed.harm(300)).toEqual([]);
  });
});

/** Anything but a failure: of the statuses above 499 only "not implemented" is one that a server means. */
function isDeclared(status: number | undefined): boolean {
  return status === undefined || status < 500 || status === 501;
}

function describeCase({ name }: RecordedRequest, mutations: readonly Mutation[]): string {
  return `${name} with ${mutations.map(({ what }) => what).join("; ")}`;
}
