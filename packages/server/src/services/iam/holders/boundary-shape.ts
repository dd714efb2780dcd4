import type { AttachedPermissionsBoundary } from "@aws-sdk/client-iam";
import type { PolicyHolder } from "../directory/entries.ts";

export function boundaryShape({ permissionsBoundary }: PolicyHolder): {
  readonly PermissionsBoundary?: AttachedPermissionsBoundary;
} {
  return permissionsBoundary === undefined
    ? {}
    : {
        PermissionsBoundary: {
          PermissionsBoundaryType: "PermissionsBoundaryPolicy",
          PermissionsBoundaryArn: permissionsBoundary,
        },
      };
}
