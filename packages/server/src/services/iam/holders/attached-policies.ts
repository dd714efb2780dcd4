import type { AttachedPolicy } from "@aws-sdk/client-iam";
import type { Directory } from "../directory/directory.ts";
import type { PolicyHolder } from "../directory/entries.ts";
import { limitExceeded, noSuchPolicy, policyNotFound } from "../errors.ts";
import { pageOf, type Page, type PageRequest } from "../page.ts";
import { quotas } from "../quotas.ts";

/** Attaching what is attached changes nothing. @throws AwsError `NoSuchEntity`, `LimitExceeded` */
export function withAttachedPolicy<Holder extends PolicyHolder>(
  holder: Holder,
  arn: string,
  directory: Directory,
  quota: "PoliciesPerRole" | "PoliciesPerUser",
): Holder {
  if (directory.policy(arn) === undefined) {
    throw noSuchPolicy(arn);
  }
  if (holder.attachedPolicies.includes(arn)) {
    return holder;
  }
  if (holder.attachedPolicies.length >= quotas.attachedPolicies) {
    throw limitExceeded(quota, quotas.attachedPolicies);
  }
  return { ...holder, attachedPolicies: [...holder.attachedPolicies, arn] };
}

/** @throws AwsError `NoSuchEntity` */
export function withoutAttachedPolicy<Holder extends PolicyHolder>(holder: Holder, arn: string): Holder {
  if (!holder.attachedPolicies.includes(arn)) {
    throw policyNotFound(arn);
  }
  return { ...holder, attachedPolicies: holder.attachedPolicies.filter((one) => one !== arn) };
}

export function attachedPolicyPage(
  holder: PolicyHolder,
  directory: Directory,
  input: PageRequest & { readonly PathPrefix?: string | undefined },
): Page<AttachedPolicy> {
  const policies = holder.attachedPolicies.flatMap((arn) => directory.policy(arn) ?? []);
  const { items, rest } = pageOf(
    policies.filter(({ path }) => path.startsWith(input.PathPrefix ?? "/")),
    ({ policyName }) => policyName,
    input,
  );
  return { items: items.map(({ policyName, arn }) => ({ PolicyName: policyName, PolicyArn: arn })), rest };
}
