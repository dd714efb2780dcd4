/** What an account may have; AWS's defaults. */
export const quotas = {
  users: 5000,
  roles: 1000,
  policies: 1500,
  accessKeysPerUser: 2,
  attachedPolicies: 10,
  tags: 50,
  /** Characters without white space. */
  policySize: 6144,
  trustPolicySize: 2048,
  inlinePolicySize: { role: 10_240, user: 2048 },
} as const;
