/** Domains whose names the proxy answers itself, under which alone our certificate authority may issue. */
export const awsDomains = ["amazonaws.com", "amazonaws.com.cn"] as const;

/** Whether `name` (lower case, no port) is a host of AWS, which the proxy answers in-process. */
export function isAwsHost(name: string): boolean {
  return awsDomains.some((domain) => name.endsWith(`.${domain}`));
}
