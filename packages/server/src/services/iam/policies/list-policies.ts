import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import type { PolicyEntry } from "../directory/entries.ts";
import { awsManagedPolicies } from "../managed-policies/catalog.ts";
import { pageOf } from "../page.ts";
import { policySummary } from "./policy-shape.ts";

export const listPolicies: Operation<IamApi, "ListPolicies", IamDeps> = {
  name: "ListPolicies",

  permissions(_input, { scope }) {
    return [{ action: "iam:ListPolicies", resource: `arn:aws:iam::${scope.account}:policy/` }];
  },

  async run(input, _context, { directory }) {
    const { Scope: scope = "All", PathPrefix: prefix = "/" } = input;
    const policies: PolicyEntry[] = [
      ...(scope === "Local" ? [] : awsManagedPolicies.values()),
      ...(scope === "AWS" ? [] : directory.policies.values()),
    ];
    const wanted = policies.filter(
      ({ path, arn }) => path.startsWith(prefix) && (input.OnlyAttached !== true || directory.usesOf(arn).attached > 0),
    );
    // Names are unique only among the account's own policies; ARNs are unique among all.
    const { items, rest } = pageOf(wanted, ({ policyName, arn }) => `${policyName} ${arn}`, input);
    return { Policies: items.map((policy) => policySummary(policy, directory)), ...rest };
  },
};
