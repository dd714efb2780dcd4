import type { Clock } from "../../../platform/clock/clock.ts";
import { evaluate } from "../../../platform/policy/evaluate.ts";
import type { PolicyCache } from "../../../platform/policy/policy-cache.ts";
import type { GivenKeys } from "../../../platform/policy/request-keys.ts";
import type { Caller } from "../../caller.ts";
import type { Roles, RoleSession } from "../../sagemaker/deps.ts";
import { assumedRoleArn, roleArn } from "../arns.ts";
import type { Directory } from "../directory/directory.ts";
import type { RoleEntry } from "../directory/entries.ts";
import { callerKeys, timeKeys } from "./condition-keys.ts";
import type { Decider } from "./decide.ts";
import { roleByArn } from "./known-roles.ts";
import type { SessionIssuer } from "./sessions.ts";

/** As long as a role session can last; whoever needs longer asks for new credentials. */
const serviceSessionSeconds = 43_200;

export interface ServiceRoleDeps {
  readonly directory: Directory;
  readonly decider: Decider;
  readonly cache: PolicyCache;
  readonly sessions: SessionIssuer;
  readonly clock: Clock;
  /** The policy attached to a resource (a bucket's), as JSON text. */
  readonly resourcePolicy: (resource: string) => Promise<string | undefined>;
}

/** The roles that services assume for jobs and models. */
export class ServiceRoles implements Roles {
  readonly #deps: ServiceRoleDeps;

  constructor(deps: ServiceRoleDeps) {
    this.#deps = deps;
  }

  async assume(arn: string, service: string, sessionName: string): Promise<RoleSession | undefined> {
    const role = roleByArn(this.#deps.directory, arn);
    return role !== undefined && this.#trusts(role, service, arn) ? this.#session(role, sessionName) : undefined;
  }

  #trusts(role: RoleEntry, service: string, arn: string): boolean {
    const { account } = this.#deps.directory;
    const decision = evaluate({
      identityPolicies: [],
      resourcePolicies: [this.#deps.cache.get(role.trustPolicy)],
      sessionPolicies: [],
      action: "sts:AssumeRole",
      resource: arn,
      keys: () => ({ "aws:SourceAccount": [account], "aws:PrincipalIsAWSService": ["true"] }),
      principal: { type: "service", account, arn: "", service },
      resourceMustAllow: true,
    });
    return decision.effect === "allow";
  }

  #session(role: RoleEntry, sessionName: string): RoleSession {
    const { directory, decider, sessions, clock, resourcePolicy } = this.#deps;
    const { account } = directory;
    const caller: Caller = {
      type: "assumed-role",
      account,
      arn: assumedRoleArn(account, role.roleName, sessionName),
      userId: `${role.roleId}:${sessionName}`,
      roleArn: roleArn(account, role.path, role.roleName),
      roleName: role.roleName,
      sessionName,
      sessionPolicies: [],
    };
    return {
      async allows(action, resource) {
        const keys = (): GivenKeys => ({ ...timeKeys(clock.now()), ...callerKeys(caller, directory) });
        const attached = await resourcePolicy(resource);
        const question = { caller, permission: { action, resource }, keys, resourcePolicy: attached };
        return decider.decide(question).effect === "allow";
      },
      credentials: async () =>
        sessions.issue(
          { type: "role", roleName: role.roleName, roleId: role.roleId, sessionName },
          serviceSessionSeconds,
        ),
    };
  }
}
