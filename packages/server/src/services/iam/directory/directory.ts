import type { RecordStore } from "../../../platform/records/record-store.ts";
import { awsManagedPolicies } from "../managed-policies/catalog.ts";
import { collections, globalScope } from "./collections.ts";
import type { AccessKeyEntry, AccountEntry, PolicyEntry, PolicyHolder, RoleEntry, UserEntry } from "./entries.ts";
import { MirroredCollection } from "./mirrored-collection.ts";
import { SerialQueue } from "./serial-queue.ts";

/** Names differ without regard to case, and are found without regard to case. */
const idOf = (name: string): string => name.toLowerCase();

/**
 * All users, roles, policies and keys of the account. Held in memory as a whole, so that checking a signature and deciding
 * about a request touch no database; every write reaches the records before memory.
 */
export class Directory {
  readonly account: string;
  /** When the account was made. */
  readonly createdAt: Date;
  readonly users: MirroredCollection<UserEntry>;
  readonly roles: MirroredCollection<RoleEntry>;
  readonly policies: MirroredCollection<PolicyEntry>;
  readonly accessKeys: MirroredCollection<AccessKeyEntry>;
  readonly #queue = new SerialQueue();
  #version = 0;

  constructor({ account, createdAt }: Pick<AccountEntry, "account" | "createdAt">, records: RecordStore) {
    this.account = account;
    this.createdAt = createdAt;
    const scope = globalScope(account);
    const changed = (): void => {
      this.#version += 1;
    };
    this.users = new MirroredCollection(records, { collection: collections.user, scope }, changed);
    this.roles = new MirroredCollection(records, { collection: collections.role, scope }, changed);
    this.policies = new MirroredCollection(records, { collection: collections.policy, scope }, changed);
    this.accessKeys = new MirroredCollection(records, { collection: collections.accessKey, scope }, changed);
  }

  /** Grows with every change; what was derived from an older version is stale. */
  get version(): number {
    return this.#version;
  }

  async load(): Promise<void> {
    await Promise.all([this.users.load(), this.roles.load(), this.policies.load(), this.accessKeys.load()]);
  }

  /** Runs a check and the writes that rest on it with no other change in between. */
  exclusive<T>(task: () => Promise<T>): Promise<T> {
    return this.#queue.run(task);
  }

  user(name: string): UserEntry | undefined {
    return this.users.get(idOf(name));
  }

  role(name: string): RoleEntry | undefined {
    return this.roles.get(idOf(name));
  }

  /** The customer's or AWS's policy of this ARN. */
  policy(arn: string): PolicyEntry | undefined {
    return this.policies.get(arn) ?? awsManagedPolicies.get(arn);
  }

  accessKeysOf(userName: string): AccessKeyEntry[] {
    return [...this.accessKeys.values()].filter((key) => key.userName === userName);
  }

  /** How many users and roles have the policy attached, and how many are bounded by it. */
  usesOf(policyArn: string): { readonly attached: number; readonly bounding: number } {
    const holders: PolicyHolder[] = [...this.users.values(), ...this.roles.values()];
    return {
      attached: holders.filter(({ attachedPolicies }) => attachedPolicies.includes(policyArn)).length,
      bounding: holders.filter(({ permissionsBoundary }) => permissionsBoundary === policyArn).length,
    };
  }

  createUser(user: UserEntry): Promise<boolean> {
    return this.users.create(idOf(user.userName), user, user.createdAt);
  }

  updateUser(user: UserEntry, now: Date): Promise<void> {
    return this.users.replace(idOf(user.userName), user, now);
  }

  deleteUser(user: UserEntry): Promise<void> {
    return this.users.delete(idOf(user.userName));
  }

  createRole(role: RoleEntry): Promise<boolean> {
    return this.roles.create(idOf(role.roleName), role, role.createdAt);
  }

  updateRole(role: RoleEntry, now: Date): Promise<void> {
    return this.roles.replace(idOf(role.roleName), role, now);
  }

  deleteRole(role: RoleEntry): Promise<void> {
    return this.roles.delete(idOf(role.roleName));
  }
}
