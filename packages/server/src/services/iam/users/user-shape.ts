import type { User } from "@aws-sdk/client-iam";
import { userArn } from "../arns.ts";
import type { UserEntry } from "../directory/entries.ts";
import { tagList } from "../directory/tags.ts";
import { boundaryShape } from "../holders/boundary-shape.ts";

/** A user as listings answer it. */
export function userSummary(account: string, user: UserEntry): User {
  return {
    Path: user.path,
    UserName: user.userName,
    UserId: user.userId,
    Arn: userArn(account, user.path, user.userName),
    CreateDate: user.createdAt,
  };
}

/** A user by itself, with its tags and boundary. */
export function userShape(account: string, user: UserEntry): User {
  return {
    ...userSummary(account, user),
    ...boundaryShape(user),
    ...(Object.keys(user.tags).length === 0 ? {} : { Tags: tagList(user.tags) }),
  };
}
