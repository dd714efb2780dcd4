import type { Clock } from "../../../platform/clock/clock.ts";
import type { Ids } from "../../../platform/ids/ids.ts";
import type { RecordKey, RecordStore, RecordWrite } from "../../../platform/records/record-store.ts";
import { accountKey, policyKey, roleKey } from "../directory/collections.ts";
import type { AccountEntry, RoleEntry } from "../directory/entries.ts";
import { executionRole, executionRoleArn, executionRoleName } from "./execution-role.ts";

export interface AccessKeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface BootstrapOptions {
  /** Twelve digits; random at the first start when absent. */
  readonly account?: string;
  /** Replaces the root key that the state holds; random at the first start when absent. */
  readonly rootKey?: AccessKeyPair;
  /** Who an emptied state goes on being. */
  readonly kept?: KeptIdentity;
}

/** What of an account outlives `POST /_clary/reset`, so that clients go on with the credentials that they have. */
export interface KeptIdentity {
  readonly entry: AccountEntry;
  readonly executionRoleId: string;
}

export interface BootstrapResult {
  readonly account: string;
  readonly rootKey: AccessKeyPair;
  readonly executionRoleArn: string;
  readonly kept: KeptIdentity;
}

export interface BootstrapDeps {
  readonly records: RecordStore;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** The configuration does not fit the state that is there; `message` is for the person who started the server. */
export class BootstrapError extends Error {
  override readonly name = "BootstrapError";
}

/** Twelve digits that do not begin with 0, from 96 random bits. */
function randomAccount(ids: Ids): string {
  const random = BigInt(`0x${ids.hex(24)}`);
  return String(100_000_000_000n + (random % 900_000_000_000n));
}

function checkOptions({ account, rootKey }: BootstrapOptions): void {
  if (account !== undefined && !/^\d{12}$/u.test(account)) {
    throw new BootstrapError(`The account id must have twelve digits, and "${account}" has not.`);
  }
  if (rootKey !== undefined && !/^\w{16,128}$/u.test(rootKey.accessKeyId)) {
    throw new BootstrapError("The root access key id must have 16 to 128 letters, digits or underscores.");
  }
  if (rootKey !== undefined && rootKey.secretAccessKey.length < 8) {
    throw new BootstrapError("The root secret access key must have at least 8 characters.");
  }
}

function firstAccount(options: BootstrapOptions, now: Date, ids: Ids): AccountEntry {
  return {
    account: options.account ?? randomAccount(ids),
    rootAccessKeyId: options.rootKey?.accessKeyId ?? `AKIA${ids.base32(16)}`,
    rootSecretAccessKey: options.rootKey?.secretAccessKey ?? ids.secret(40),
    sessionKey: ids.hex(64),
    executionRoleName: executionRoleName(now),
    createdAt: now,
  };
}

function withOptions(stored: AccountEntry, options: BootstrapOptions): AccountEntry {
  if (options.account !== undefined && options.account !== stored.account) {
    throw new BootstrapError(
      `The state belongs to account ${stored.account} and cannot become account ${options.account}. Use another data directory.`,
    );
  }
  const { rootKey } = options;
  return rootKey === undefined
    ? stored
    : { ...stored, rootAccessKeyId: rootKey.accessKeyId, rootSecretAccessKey: rootKey.secretAccessKey };
}

const createRecord = (key: RecordKey, body: unknown, now: Date): RecordWrite => ({
  type: "create",
  key,
  body,
  createdAt: now,
  modifiedAt: now,
  status: "",
});

interface RoleToHave {
  readonly roleId: string;
  readonly writes: readonly RecordWrite[];
}

/** The execution role with its policy, written where they are missing: at the first start, or after somebody deleted them. */
async function roleToHave(
  entry: AccountEntry,
  kept: KeptIdentity | undefined,
  deps: BootstrapDeps,
): Promise<RoleToHave> {
  const now = deps.clock.now();
  const fresh = executionRole(entry.account, entry.executionRoleName, now, deps.ids);
  const role = kept === undefined ? fresh.role : { ...fresh.role, roleId: kept.executionRoleId };
  const presentRole = await deps.records.get<RoleEntry>(roleKey(entry.account, role.roleName));
  const keyOfPolicy = policyKey(entry.account, fresh.policy.arn);
  const presentPolicy = await deps.records.get(keyOfPolicy);
  return {
    roleId: presentRole?.body.roleId ?? role.roleId,
    writes: [
      ...(presentRole === undefined ? [createRecord(roleKey(entry.account, role.roleName), role, now)] : []),
      ...(presentPolicy === undefined ? [createRecord(keyOfPolicy, fresh.policy, now)] : []),
    ],
  };
}

/**
 * Makes sure that the state has an account, a root key and an execution role, in one write: a kill leaves all of it or
 * nothing. Run before `createIdentity`, at every start.
 * @throws BootstrapError
 */
export async function bootstrapIdentity(deps: BootstrapDeps, options: BootstrapOptions = {}): Promise<BootstrapResult> {
  checkOptions(options);
  const now = deps.clock.now();
  const stored = await deps.records.get<AccountEntry>(accountKey);
  const entry =
    stored === undefined
      ? (options.kept?.entry ?? firstAccount(options, now, deps.ids))
      : withOptions(stored.body, options);
  const { roleId, writes: roleWrites } = await roleToHave(entry, options.kept, deps);
  const writes = [...roleWrites];
  if (stored === undefined) {
    writes.push(createRecord(accountKey, entry, now));
  } else if (entry !== stored.body) {
    const { version, createdAt, status } = stored;
    writes.push({
      type: "update",
      key: accountKey,
      expectedVersion: version,
      body: entry,
      createdAt,
      modifiedAt: now,
      status,
    });
  }
  if (writes.length > 0 && !(await deps.records.batch(writes))) {
    throw new BootstrapError("Another server changed the identity records of this state at the same time.");
  }
  return {
    account: entry.account,
    rootKey: { accessKeyId: entry.rootAccessKeyId, secretAccessKey: entry.rootSecretAccessKey },
    executionRoleArn: executionRoleArn(entry.account, entry.executionRoleName),
    kept: { entry, executionRoleId: roleId },
  };
}
