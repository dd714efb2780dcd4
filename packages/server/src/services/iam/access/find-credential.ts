import type { Credential, Credentials } from "../../access.ts";
import type { Caller } from "../../caller.ts";
import { assumedRoleArn, roleArn, rootArn, userArn } from "../arns.ts";
import type { AccessKeyPair } from "../bootstrap/bootstrap-identity.ts";
import type { Directory } from "../directory/directory.ts";
import type { UserEntry } from "../directory/entries.ts";
import type { SessionFacts, SessionPolicies, SessionTokens } from "./session-token.ts";

const rememberedTokens = 1000;

const rootCaller = (account: string): Caller => ({ type: "root", account, arn: rootArn(account), userId: account });

const userCaller = (account: string, { userName, userId, path }: UserEntry): Caller => ({
  type: "user",
  account,
  arn: userArn(account, path, userName),
  userId,
  userName,
});

/** Answers from memory for root's key, users' keys and the tokens of temporary credentials. */
export class KnownCredentials implements Credentials {
  readonly #directory: Directory;
  readonly #rootKey: AccessKeyPair;
  readonly #tokens: SessionTokens;
  /** Opened tokens, since a client sends the same one thousands of times; the oldest goes first. */
  readonly #opened = new Map<string, SessionFacts>();

  constructor(directory: Directory, rootKey: AccessKeyPair, tokens: SessionTokens) {
    this.#directory = directory;
    this.#rootKey = rootKey;
    this.#tokens = tokens;
  }

  find(accessKeyId: string, sessionToken?: string): Credential | undefined {
    if (sessionToken !== undefined && sessionToken !== "") {
      return this.#findTemporary(accessKeyId, sessionToken);
    }
    if (accessKeyId === this.#rootKey.accessKeyId) {
      const { secretAccessKey } = this.#rootKey;
      return { secretAccessKey, active: true, caller: rootCaller(this.#directory.account) };
    }
    const key = this.#directory.accessKeys.get(accessKeyId);
    const user = key === undefined ? undefined : this.#directory.user(key.userName);
    if (key === undefined || user === undefined) {
      return undefined;
    }
    return {
      secretAccessKey: key.secretAccessKey,
      active: key.status === "Active",
      caller: userCaller(this.#directory.account, user),
    };
  }

  #findTemporary(accessKeyId: string, sessionToken: string): Credential | undefined {
    const facts = this.#open(sessionToken);
    const caller = facts?.accessKeyId === accessKeyId ? this.#callerOf(facts) : undefined;
    if (facts === undefined || caller === undefined) {
      return undefined;
    }
    return {
      secretAccessKey: this.#tokens.secretOf(accessKeyId),
      sessionToken,
      expiration: new Date(facts.expiresAt * 1000),
      active: true,
      caller,
    };
  }

  #open(sessionToken: string): SessionFacts | undefined {
    const known = this.#opened.get(sessionToken);
    const facts = known ?? this.#tokens.open(sessionToken);
    if (known === undefined && facts !== undefined) {
      this.#opened.set(sessionToken, facts);
      if (this.#opened.size > rememberedTokens) {
        const [oldest] = this.#opened.keys();
        this.#opened.delete(oldest ?? sessionToken);
      }
    }
    return facts;
  }

  /** A managed policy that is gone becomes a document that cannot be read, which denies everything. */
  #documentsOf({ inline, arns }: SessionPolicies): readonly string[] {
    const managed = arns.map((arn) => this.#directory.policy(arn)?.document ?? "");
    return inline === undefined ? managed : [inline, ...managed];
  }

  /** Undefined when the user or role is gone, or is another one of the same name. */
  #callerOf({ subject, sessionPolicies }: SessionFacts): Caller | undefined {
    const { account } = this.#directory;
    if (subject.type === "root") {
      return rootCaller(account);
    }
    if (subject.type === "user") {
      const user = this.#directory.user(subject.userName);
      return user?.userId === subject.userId ? userCaller(account, user) : undefined;
    }
    const role = this.#directory.role(subject.roleName);
    if (role?.roleId !== subject.roleId) {
      return undefined;
    }
    return {
      type: "assumed-role",
      account,
      arn: assumedRoleArn(account, role.roleName, subject.sessionName),
      userId: `${role.roleId}:${subject.sessionName}`,
      roleArn: roleArn(account, role.path, role.roleName),
      roleName: role.roleName,
      sessionName: subject.sessionName,
      sessionPolicies: this.#documentsOf(sessionPolicies),
    };
  }
}
