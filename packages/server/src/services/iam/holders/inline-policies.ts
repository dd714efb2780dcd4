import { AwsError } from "@clary/wire";
import type { PolicyHolder } from "../directory/entries.ts";
import { noSuchInlinePolicy } from "../errors.ts";
import { quotas } from "../quotas.ts";
import { policySize, readDocument } from "../read-document.ts";

type HolderKind = "role" | "user";

/** The documents of a holder count together, without their white space. @throws AwsError `MalformedPolicyDocument`, `LimitExceeded` */
export function withInlinePolicy<Holder extends PolicyHolder>(
  holder: Holder,
  policyName: string,
  document: string,
  described: { readonly kind: HolderKind; readonly name: string },
): Holder {
  readDocument(document, "identity");
  const inlinePolicies = { ...holder.inlinePolicies, [policyName]: document };
  const size = Object.values(inlinePolicies).reduce((sum, one) => sum + policySize(one), 0);
  const limit = quotas.inlinePolicySize[described.kind];
  if (size > limit) {
    const message = `Maximum policy size of ${limit} bytes exceeded for ${described.kind} ${described.name}`;
    throw new AwsError("LimitExceededException", message, { status: 409 });
  }
  return { ...holder, inlinePolicies };
}

/** @throws AwsError `NoSuchEntity` */
export function inlinePolicy(holder: PolicyHolder, policyName: string, kind: HolderKind): string {
  const document = Object.hasOwn(holder.inlinePolicies, policyName) ? holder.inlinePolicies[policyName] : undefined;
  if (document === undefined) {
    throw noSuchInlinePolicy(kind, policyName);
  }
  return document;
}

/** @throws AwsError `NoSuchEntity` */
export function withoutInlinePolicy<Holder extends PolicyHolder>(
  holder: Holder,
  policyName: string,
  kind: HolderKind,
): Holder {
  inlinePolicy(holder, policyName, kind);
  const { [policyName]: _removed, ...inlinePolicies } = holder.inlinePolicies;
  return { ...holder, inlinePolicies };
}
