import { checksumAlgorithms, type Checksum, type ChecksumAlgorithm } from "../../../platform/objects/object-store.ts";
import { headerNotImplemented, invalidRequest } from "../errors.ts";

/** The members that carry a checksum in requests and answers, one per algorithm. */
export interface ChecksumMembers {
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
}

/** Members of algorithms that the model knows and Clary does not compute. */
interface OtherChecksumMembers {
  readonly ChecksumSHA512?: string | undefined;
  readonly ChecksumMD5?: string | undefined;
  readonly ChecksumXXHASH64?: string | undefined;
  readonly ChecksumXXHASH3?: string | undefined;
  readonly ChecksumXXHASH128?: string | undefined;
}

export interface ChecksumValue {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string;
}

const digestBytes: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
};

const otherAlgorithms = ["SHA512", "MD5", "XXHASH64", "XXHASH3", "XXHASH128"] as const;

/** The checksums a request states, as given. Refuses algorithms that Clary does not compute. */
export function statedChecksums(input: ChecksumMembers & OtherChecksumMembers): ChecksumValue[] {
  for (const other of otherAlgorithms) {
    if (input[`Checksum${other}`] !== undefined) {
      throw headerNotImplemented(checksumHeader(other));
    }
  }
  return checksumAlgorithms.flatMap((algorithm) => {
    const value = input[`Checksum${algorithm}`];
    return value === undefined ? [] : [{ algorithm, value }];
  });
}

/** `x-amz-checksum-crc32`, the header of an algorithm. */
export function checksumHeader(algorithm: string): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** @throws InvalidRequest when `value` is not base64 of as many bytes as the algorithm yields. */
export function checkDigestForm({ algorithm, value }: ChecksumValue): void {
  const bytes = Buffer.from(value, "base64");
  if (bytes.length !== digestBytes[algorithm] || bytes.toString("base64") !== value) {
    throw invalidRequest(`Value for ${checksumHeader(algorithm)} header is invalid.`);
  }
}

/** @throws NotImplemented for algorithms that AWS has and Clary has not, InvalidRequest for anything else unknown. */
export function parseAlgorithm(name: string, header: string): ChecksumAlgorithm {
  const upper = name.toUpperCase();
  const known = checksumAlgorithms.find((algorithm) => algorithm === upper);
  if (known !== undefined) {
    return known;
  }
  if (otherAlgorithms.some((algorithm) => algorithm === upper)) {
    throw headerNotImplemented(header);
  }
  throw invalidRequest(
    "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]",
  );
}

/** An object's or part's checksums as members of an answer. */
export function checksumMembers(checksums: readonly Checksum[]): ChecksumMembers {
  return Object.fromEntries(checksums.map(({ algorithm, value }) => [`Checksum${algorithm}`, value]));
}

/** As `checksumMembers`, with the type that answers about whole objects carry. */
export function typedChecksumMembers(
  checksums: readonly Checksum[],
): ChecksumMembers & { readonly ChecksumType?: Checksum["type"] } {
  const [first] = checksums;
  return first === undefined ? {} : { ...checksumMembers(checksums), ChecksumType: first.type };
}
