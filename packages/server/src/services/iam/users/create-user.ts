import type { Operation } from "../../operation.ts";
import { userArn } from "../arns.ts";
import type { IamApi, IamDeps } from "../deps.ts";
import type { UserEntry } from "../directory/entries.ts";
import { tagsFrom } from "../directory/tags.ts";
import { alreadyExists, limitExceeded, noSuchPolicy } from "../errors.ts";
import { boundaryKey, requestTagKeys } from "../named-permission.ts";
import { userShape } from "./user-shape.ts";
import { quotas } from "../quotas.ts";

export const createUser: Operation<IamApi, "CreateUser", IamDeps> = {
  name: "CreateUser",

  permissions(input, { scope }) {
    return [
      {
        action: "iam:CreateUser",
        resource: userArn(scope.account, input.Path ?? "/", input.UserName),
        conditionKeys: { ...requestTagKeys(input.Tags), ...boundaryKey(input.PermissionsBoundary) },
      },
    ];
  },

  async run(input, { scope, now }, { directory, ids }) {
    return directory.exclusive(async () => {
      if (input.PermissionsBoundary !== undefined && directory.policy(input.PermissionsBoundary) === undefined) {
        throw noSuchPolicy(input.PermissionsBoundary);
      }
      if (directory.user(input.UserName) !== undefined) {
        throw alreadyExists("User", input.UserName);
      }
      if (directory.users.size >= quotas.users) {
        throw limitExceeded("UsersPerAccount", quotas.users);
      }
      const user: UserEntry = {
        userName: input.UserName,
        userId: `AIDA${ids.base32(17)}`,
        path: input.Path ?? "/",
        createdAt: now,
        tags: tagsFrom(input.Tags),
        inlinePolicies: {},
        attachedPolicies: [],
        ...(input.PermissionsBoundary === undefined ? {} : { permissionsBoundary: input.PermissionsBoundary }),
      };
      await directory.createUser(user);
      return { User: userShape(scope.account, user) };
    });
  },
};
