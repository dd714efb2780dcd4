import { AwsError } from "@clary/wire";
import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { awsManagedPolicies } from "../managed-policies/catalog.ts";
import { existingPolicy } from "./existing-policy.ts";

const foreignPolicy = (): AwsError =>
  new AwsError("AccessDenied", "Policy is outside your own account.", { status: 403 });

const stillAttached = (): AwsError =>
  new AwsError("DeleteConflictException", "Cannot delete a policy attached to entities.", { status: 409 });

export const deletePolicy: Operation<IamApi, "DeletePolicy", IamDeps> = {
  name: "DeletePolicy",

  permissions(input) {
    return [{ action: "iam:DeletePolicy", resource: input.PolicyArn }];
  },

  async run(input, _context, { directory }) {
    await directory.exclusive(async () => {
      if (awsManagedPolicies.has(input.PolicyArn)) {
        throw foreignPolicy();
      }
      const policy = existingPolicy(directory, input.PolicyArn);
      const { attached, bounding } = directory.usesOf(policy.arn);
      if (attached + bounding > 0) {
        throw stillAttached();
      }
      await directory.policies.delete(policy.arn);
    });
    return {};
  },
};
