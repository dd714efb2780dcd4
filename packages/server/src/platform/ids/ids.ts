/** The only source of randomness for names and keys, so that tests can repeat them. */
export interface Ids {
  uuid(): string;
  /** Lower-case hex digits. */
  hex(length: number): string;
  /** Letters `A`–`Z` and digits `2`–`7`, as access keys and unique ids use. */
  base32(length: number): string;
  /** Letters, digits, `+` and `/`, for secrets. */
  secret(length: number): string;
}
