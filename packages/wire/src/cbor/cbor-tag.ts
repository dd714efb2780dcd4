/** A tagged CBOR value whose tag has no JavaScript form here. */
export class CborTag {
  readonly tag: number | bigint;
  readonly value: unknown;

  constructor(tag: number | bigint, value: unknown) {
    this.tag = tag;
    this.value = value;
  }
}

/** Tags that AWS's protocol uses: seconds since 1970, and integers beyond 64 bits. */
export const tags = { epochTime: 1, positiveBignum: 2, negativeBignum: 3 } as const;
