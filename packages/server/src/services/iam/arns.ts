/** ARNs of IAM; paths begin and end with `/`. */
export const roleArn = (account: string, path: string, name: string): string =>
  `arn:aws:iam::${account}:role${path}${name}`;

export const userArn = (account: string, path: string, name: string): string =>
  `arn:aws:iam::${account}:user${path}${name}`;

export const policyArn = (account: string, path: string, name: string): string =>
  `arn:aws:iam::${account}:policy${path}${name}`;

export const rootArn = (account: string): string => `arn:aws:iam::${account}:root`;

export const assumedRoleArn = (account: string, roleName: string, sessionName: string): string =>
  `arn:aws:sts::${account}:assumed-role/${roleName}/${sessionName}`;

/** The parts of a role's ARN; undefined for anything else. */
export function parseRoleArn(
  arn: string,
): { readonly account: string; readonly path: string; readonly name: string } | undefined {
  const match = /^arn:aws[a-z-]*:iam::(\d{12}):role(\/(?:[^/]+\/)*)([^/]+)$/u.exec(arn);
  const [, account, path, name] = match ?? [];
  return account === undefined || path === undefined || name === undefined ? undefined : { account, path, name };
}
