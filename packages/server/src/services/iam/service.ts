import { createAccessKey } from "./access-keys/create-access-key.ts";
import { deleteAccessKey } from "./access-keys/delete-access-key.ts";
import { listAccessKeys } from "./access-keys/list-access-keys.ts";
import { updateAccessKey } from "./access-keys/update-access-key.ts";
import { createPolicy } from "./policies/create-policy.ts";
import { deletePolicy } from "./policies/delete-policy.ts";
import { getPolicyVersion } from "./policies/get-policy-version.ts";
import { getPolicy } from "./policies/get-policy.ts";
import { listPolicies } from "./policies/list-policies.ts";
import { getAccountSummary } from "./account/get-account-summary.ts";
import { attachRolePolicy } from "./roles/attach-role-policy.ts";
import { createRole } from "./roles/create-role.ts";
import { deleteRolePolicy } from "./roles/delete-role-policy.ts";
import { deleteRole } from "./roles/delete-role.ts";
import { detachRolePolicy } from "./roles/detach-role-policy.ts";
import { getRolePolicy } from "./roles/get-role-policy.ts";
import { getRole } from "./roles/get-role.ts";
import { listAttachedRolePolicies } from "./roles/list-attached-role-policies.ts";
import { listRolePolicies } from "./roles/list-role-policies.ts";
import { listRoleTags } from "./roles/list-role-tags.ts";
import { listRoles } from "./roles/list-roles.ts";
import { putRolePolicy } from "./roles/put-role-policy.ts";
import { tagRole } from "./roles/tag-role.ts";
import { untagRole } from "./roles/untag-role.ts";
import { updateAssumeRolePolicy } from "./roles/update-assume-role-policy.ts";
import { updateRole } from "./roles/update-role.ts";
import { attachUserPolicy } from "./users/attach-user-policy.ts";
import { createUser } from "./users/create-user.ts";
import { deleteUserPolicy } from "./users/delete-user-policy.ts";
import { deleteUser } from "./users/delete-user.ts";
import { detachUserPolicy } from "./users/detach-user-policy.ts";
import { getUserPolicy } from "./users/get-user-policy.ts";
import { getUser } from "./users/get-user.ts";
import { listAttachedUserPolicies } from "./users/list-attached-user-policies.ts";
import { listUserPolicies } from "./users/list-user-policies.ts";
import { listUserTags } from "./users/list-user-tags.ts";
import { listUsers } from "./users/list-users.ts";
import { putUserPolicy } from "./users/put-user-policy.ts";
import { tagUser } from "./users/tag-user.ts";
import { untagUser } from "./users/untag-user.ts";
import { defineService, type AnyOperation, type Service } from "../operation.ts";
import type { IamDeps } from "./deps.ts";

const operations: readonly AnyOperation<IamDeps>[] = [
  getAccountSummary,
  createAccessKey,
  deleteAccessKey,
  listAccessKeys,
  updateAccessKey,
  createPolicy,
  deletePolicy,
  getPolicyVersion,
  getPolicy,
  listPolicies,
  attachRolePolicy,
  createRole,
  deleteRolePolicy,
  deleteRole,
  detachRolePolicy,
  getRolePolicy,
  getRole,
  listAttachedRolePolicies,
  listRolePolicies,
  listRoleTags,
  listRoles,
  putRolePolicy,
  tagRole,
  untagRole,
  updateAssumeRolePolicy,
  updateRole,
  attachUserPolicy,
  createUser,
  deleteUserPolicy,
  deleteUser,
  detachUserPolicy,
  getUserPolicy,
  getUser,
  listAttachedUserPolicies,
  listUserPolicies,
  listUserTags,
  listUsers,
  putUserPolicy,
  tagUser,
  untagUser,
];

/** IAM: users, roles, policies and access keys of the account. */
export function iamService(deps: IamDeps): Service {
  return defineService("iam", operations, deps);
}
