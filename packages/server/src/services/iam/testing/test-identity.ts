import { join } from "node:path";
import { manualClock, type ManualClock } from "../../../platform/clock/manual-clock.ts";
import { openDatabase } from "../../../platform/database/open-database.ts";
import { seededIds } from "../../../platform/ids/seeded-ids.ts";
import type { RecordStore } from "../../../platform/records/record-store.ts";
import { sqliteRecords } from "../../../platform/records/sqlite-records.ts";
import { temporaryDirectory } from "../../../platform/testing/temporary-directory.ts";
import type { Caller } from "../../caller.ts";
import type { CallContext, Service } from "../../operation.ts";
import { createIdentity, type Identity } from "../access/create-identity.ts";
import { bootstrapIdentity, type BootstrapOptions, type BootstrapResult } from "../bootstrap/bootstrap-identity.ts";

export const testStart: Date = new Date("2026-11-20T06:00:00.000Z");
const testAccount = "123456789012";

/** An account in a database of its own, as a server has it after its start. */
export interface TestIdentity {
  readonly boot: BootstrapResult;
  readonly identity: Identity;
  readonly clock: ManualClock;
  readonly records: RecordStore;
  readonly root: Caller;
  /** Policies that `identity` finds on resources, by ARN. */
  readonly resourcePolicies: Map<string, string>;
  context(caller?: Caller): CallContext;
  /** Authorises and runs an operation, as the gateway does. */
  call(service: Service, operation: string, input: object, caller?: Caller): Promise<Record<string, unknown>>;
  /** The same state seen by a server that starts anew. */
  restart(options?: BootstrapOptions): Promise<{ readonly boot: BootstrapResult; readonly identity: Identity }>;
  close(): Promise<void>;
}

const rootOf = (account: string): Caller => ({
  type: "root",
  account,
  arn: `arn:aws:iam::${account}:root`,
  userId: account,
});

export async function testIdentity(options: BootstrapOptions = { account: testAccount }): Promise<TestIdentity> {
  const directory = temporaryDirectory();
  const database = await openDatabase({ file: join(directory.path, "clary.db"), durable: false });
  const records = sqliteRecords(database);
  const clock = manualClock(testStart);
  const ids = seededIds("identity");
  const resourcePolicies = new Map<string, string>();
  const start = async (given: BootstrapOptions): Promise<{ boot: BootstrapResult; identity: Identity }> => {
    const boot = await bootstrapIdentity({ records, clock, ids }, given);
    const resourcePolicy = async (resource: string): Promise<string | undefined> => resourcePolicies.get(resource);
    return { boot, identity: await createIdentity({ records, clock, ids, resourcePolicy }) };
  };
  const { boot, identity } = await start(options);
  const root = rootOf(boot.account);
  const context = (caller: Caller = root): CallContext => ({
    requestId: "test",
    scope: { account: boot.account, region: "us-east-1" },
    caller,
    now: clock.now(),
    userAgent: "test",
    sourceIp: "127.0.0.1",
    origin: "http://127.0.0.1:4566",
    signal: new AbortController().signal,
  });
  return {
    boot,
    identity,
    clock,
    records,
    root,
    resourcePolicies,
    context,
    async call(service, name, input, caller = root) {
      const operation = service.operations.get(name);
      if (operation === undefined) {
        throw new Error(`${service.id} has no ${name}`);
      }
      const callContext = context(caller);
      const permissions = operation.permissions(input, callContext);
      const resourcePolicy = async (resource: string): Promise<string | undefined> =>
        service.resourcePolicy?.(resource, callContext);
      await identity.authoriser.authorise({ caller, permissions, context: callContext, resourcePolicy });
      return (await operation.run(input, callContext)) as Record<string, unknown>;
    },
    restart: (given = {}) => start(given),
    async close() {
      await database.close();
      directory.remove();
    },
  };
}
