import type { MultipartUpload, ReceivedBytes, UploadedPart } from "../../../platform/objects/object-store.ts";
import { badChecksum, invalidRequest } from "../errors.ts";
import { statedChecksums, type ChecksumMembers } from "../objects/checksum-members.ts";

interface WholeMembers extends ChecksumMembers {
  readonly ChecksumType?: string | undefined;
  readonly MpuObjectSize?: number | undefined;
}

/** @throws InvalidRequest when the size or the kind of checksum is not what the completion says. */
export function checkWhole(input: WholeMembers, upload: MultipartUpload, parts: readonly UploadedPart[]): void {
  const { checksumType = "null" } = upload;
  if (input.ChecksumType !== undefined && input.ChecksumType !== checksumType) {
    throw invalidRequest(
      `The upload was created using the ${checksumType} checksum mode. The complete request must use the same checksum mode.`,
    );
  }
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== size) {
    throw invalidRequest(
      `The provided 'x-amz-mp-object-size' header value ${input.MpuObjectSize} does not match what was computed: ${size}`,
    );
  }
}

/** Compares the checksum that the completion states for the whole object. @throws BadDigest. */
export function wholeVerifier(input: ChecksumMembers): (received: ReceivedBytes) => void {
  const stated = statedChecksums(input);
  return ({ checksums }) => {
    for (const { algorithm, value } of stated) {
      const computed = checksums.find((checksum) => checksum.algorithm === algorithm)?.value;
      // Composite checksums may be stated without their `-<parts>`.
      if (computed !== undefined && computed !== value && computed.replace(/-\d+$/, "") !== value) {
        throw badChecksum(algorithm);
      }
    }
  };
}
