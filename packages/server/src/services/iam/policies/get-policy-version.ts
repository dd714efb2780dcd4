import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { encodeDocument } from "../encode-document.ts";
import { noSuchPolicyVersion } from "../errors.ts";
import { existingPolicy } from "./existing-policy.ts";

export const getPolicyVersion: Operation<IamApi, "GetPolicyVersion", IamDeps> = {
  name: "GetPolicyVersion",

  permissions(input) {
    return [{ action: "iam:GetPolicyVersion", resource: input.PolicyArn }];
  },

  async run(input, _context, { directory }) {
    const policy = existingPolicy(directory, input.PolicyArn);
    if (input.VersionId !== policy.defaultVersionId) {
      throw noSuchPolicyVersion(input.PolicyArn, input.VersionId);
    }
    return {
      PolicyVersion: {
        Document: encodeDocument(policy.document),
        VersionId: policy.defaultVersionId,
        IsDefaultVersion: true,
        CreateDate: policy.updatedAt,
      },
    };
  },
};
