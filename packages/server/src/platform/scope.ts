/** Every record, object and job belongs to one account in one region. */
export interface Scope {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
}
