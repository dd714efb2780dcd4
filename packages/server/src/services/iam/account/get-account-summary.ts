import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { quotas } from "../quotas.ts";

/** How much of each kind there is, and may be. Kinds that this server does not have are left out. */
export const getAccountSummary: Operation<IamApi, "GetAccountSummary", IamDeps> = {
  name: "GetAccountSummary",

  permissions() {
    return [{ action: "iam:GetAccountSummary", resource: "*" }];
  },

  async run(_input, _context, { directory }) {
    return {
      SummaryMap: {
        Users: directory.users.size,
        UsersQuota: quotas.users,
        Roles: directory.roles.size,
        RolesQuota: quotas.roles,
        Policies: directory.policies.size,
        PoliciesQuota: quotas.policies,
        PolicySizeQuota: quotas.policySize,
        AccessKeysPerUserQuota: quotas.accessKeysPerUser,
        AttachedPoliciesPerRoleQuota: quotas.attachedPolicies,
        AttachedPoliciesPerUserQuota: quotas.attachedPolicies,
        AssumeRolePolicySizeQuota: quotas.trustPolicySize,
        RolePolicySizeQuota: quotas.inlinePolicySize.role,
        UserPolicySizeQuota: quotas.inlinePolicySize.user,
        AccountAccessKeysPresent: 1,
      },
    };
  },
};
