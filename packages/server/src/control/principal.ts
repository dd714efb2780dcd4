/** Whom a program acts as: `role` (the execution role), `root`, or the name of a user. */
export interface Principals {
  /** Undefined when there is no such principal. */
  credentials(principal: string): ContainerCredentials | undefined;
}

/** Temporary credentials in the form that containers get them in on AWS. */
export interface ContainerCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly Token: string;
  /** ISO 8601; clients ask again some minutes before. */
  readonly Expiration: string;
}
