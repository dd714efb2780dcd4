import type { Operation } from "../../operation.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import { tagList } from "../directory/tags.ts";
import { existingPolicy } from "./existing-policy.ts";
import { policySummary } from "./policy-shape.ts";

export const getPolicy: Operation<IamApi, "GetPolicy", IamDeps> = {
  name: "GetPolicy",

  permissions(input) {
    return [{ action: "iam:GetPolicy", resource: input.PolicyArn }];
  },

  async run(input, _context, { directory }) {
    const policy = existingPolicy(directory, input.PolicyArn);
    return {
      Policy: {
        ...policySummary(policy, directory),
        ...(policy.description === undefined ? {} : { Description: policy.description }),
        Tags: tagList(policy.tags),
      },
    };
  },
};
