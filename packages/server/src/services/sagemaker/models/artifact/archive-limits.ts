/** Bounds of what an archive may unpack to. */
export interface ArchiveLimits {
  readonly maxEntries: number;
  /** Of all bytes that come out of the decompressor. */
  readonly maxBytes: number;
  /** Decompressed over compressed size, looked at once more than `ratioFromBytes` came out. */
  readonly maxRatio: number;
  readonly ratioFromBytes: number;
  /** Bytes between two entries: long names and extended headers, which the reader has to keep in memory. */
  readonly maxHeaderBytes: number;
}

/** Models seen in the wild compress 2 to 30 times; a file of zeros compresses 1,000 times. */
export const defaultArchiveLimits: ArchiveLimits = {
  maxEntries: 100_000,
  maxBytes: 30 * 1024 ** 3,
  maxRatio: 250,
  ratioFromBytes: 128 * 1024 ** 2,
  maxHeaderBytes: 2 * 1024 ** 2,
};
