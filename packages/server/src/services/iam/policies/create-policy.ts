import type { InputOf, Operation } from "../../operation.ts";
import { policyArn } from "../arns.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import type { PolicyEntry } from "../directory/entries.ts";
import { tagsFrom } from "../directory/tags.ts";
import { limitExceeded, malformedPolicyDocument, policyAlreadyExists } from "../errors.ts";
import { requestTagKeys } from "../named-permission.ts";
import { quotas } from "../quotas.ts";
import { policySize, readDocument } from "../read-document.ts";
import { policySummary } from "./policy-shape.ts";

/** Managed policies are held to more than inline ones. */
function checkDocument(document: string): void {
  readDocument(document, "identity");
  const { Version } = JSON.parse(document) as { readonly Version?: string };
  if (Version !== "2012-10-17") {
    throw malformedPolicyDocument("Policy document must be version 2012-10-17 or greater.");
  }
  if (policySize(document) > quotas.policySize) {
    throw limitExceeded("PolicySize", quotas.policySize);
  }
}

function newPolicy(input: InputOf<IamApi, "CreatePolicy">, account: string, now: Date, { ids }: IamDeps): PolicyEntry {
  const path = input.Path ?? "/";
  return {
    policyName: input.PolicyName,
    policyId: `ANPA${ids.base32(17)}`,
    arn: policyArn(account, path, input.PolicyName),
    path,
    createdAt: now,
    updatedAt: now,
    document: input.PolicyDocument,
    defaultVersionId: "v1",
    tags: tagsFrom(input.Tags),
    ...(input.Description === undefined ? {} : { description: input.Description }),
  };
}

export const createPolicy: Operation<IamApi, "CreatePolicy", IamDeps> = {
  name: "CreatePolicy",

  permissions(input, { scope }) {
    const resource = policyArn(scope.account, input.Path ?? "/", input.PolicyName);
    return [{ action: "iam:CreatePolicy", resource, conditionKeys: requestTagKeys(input.Tags) }];
  },

  async run(input, { scope, now }, deps) {
    const { directory } = deps;
    return directory.exclusive(async () => {
      checkDocument(input.PolicyDocument);
      const policy = newPolicy(input, scope.account, now, deps);
      const name = input.PolicyName.toLowerCase();
      if ([...directory.policies.values()].some(({ policyName }) => policyName.toLowerCase() === name)) {
        throw policyAlreadyExists(input.PolicyName);
      }
      if (directory.policies.size >= quotas.policies) {
        throw limitExceeded("PoliciesPerAccount", quotas.policies);
      }
      await directory.policies.create(policy.arn, policy, now);
      return { Policy: policySummary(policy, directory) };
    });
  },
};
