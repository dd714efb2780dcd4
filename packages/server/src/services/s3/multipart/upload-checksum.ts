import type { Checksum, ChecksumAlgorithm, MultipartUpload } from "../../../platform/objects/object-store.ts";
import { invalidRequest } from "../errors.ts";
import { parseAlgorithm } from "../objects/checksum-members.ts";

interface UploadChecksum {
  readonly algorithm?: ChecksumAlgorithm;
  readonly checksumType?: Checksum["type"];
}

/** The kinds of object checksum an algorithm can give: parts' CRCs combine, parts' SHAs do not, CRC64NVME is only whole. */
const types: Readonly<Record<ChecksumAlgorithm, readonly Checksum["type"][]>> = {
  CRC32: ["COMPOSITE", "FULL_OBJECT"],
  CRC32C: ["COMPOSITE", "FULL_OBJECT"],
  CRC64NVME: ["FULL_OBJECT"],
  SHA1: ["COMPOSITE"],
  SHA256: ["COMPOSITE"],
};

/** What CreateMultipartUpload asks for; the first possible type where it names none. @throws InvalidRequest. */
export function uploadChecksum(input: {
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ChecksumType?: string | undefined;
}): UploadChecksum {
  if (input.ChecksumAlgorithm === undefined) {
    if (input.ChecksumType !== undefined) {
      throw invalidRequest("The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
    }
    return {};
  }
  const algorithm = parseAlgorithm(input.ChecksumAlgorithm, "x-amz-checksum-algorithm");
  const possible = types[algorithm];
  const checksumType = possible.find((type) => input.ChecksumType === undefined || type === input.ChecksumType);
  if (checksumType === undefined) {
    throw invalidRequest(
      `The ${input.ChecksumType} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  }
  return { algorithm, checksumType };
}

/**
 * What to compute over a part: what the request brings, and what the upload promised. @throws InvalidRequest when they
 * differ.
 */
export function partAlgorithms(
  upload: MultipartUpload,
  stated: readonly ChecksumAlgorithm[],
): readonly ChecksumAlgorithm[] {
  const other = stated.find((algorithm) => upload.algorithm !== undefined && algorithm !== upload.algorithm);
  if (other !== undefined) {
    const expected = upload.algorithm?.toLowerCase() ?? "null";
    throw invalidRequest(
      `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${other.toLowerCase()}`,
    );
  }
  return upload.algorithm === undefined ? stated : [upload.algorithm];
}
