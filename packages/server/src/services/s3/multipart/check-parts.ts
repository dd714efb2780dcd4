import { checksumAlgorithms, type MultipartUpload, type UploadedPart } from "../../../platform/objects/object-store.ts";
import { entityTooSmall, invalidPart, invalidPartOrder, invalidRequest, malformedXml } from "../errors.ts";
import type { ChecksumMembers } from "../objects/checksum-members.ts";
import { quoted, unquoted } from "../shared/etag.ts";

/** A part as CompleteMultipartUpload names it. */
export interface NamedPart extends ChecksumMembers {
  readonly PartNumber?: number | undefined;
  readonly ETag?: string | undefined;
}

/** Every part but the last holds at least 5 MiB. */
const minimumPart = 5 * 1024 * 1024;

/**
 * Compares the parts that a completion names with those that were uploaded, and returns the latter.
 * @throws MalformedXML (none named), InvalidPartOrder, InvalidPart, InvalidRequest (a missing checksum), EntityTooSmall.
 */
export function checkParts(
  upload: MultipartUpload,
  named: readonly NamedPart[],
  uploaded: readonly UploadedPart[],
): readonly UploadedPart[] {
  if (named.length === 0) {
    throw malformedXml();
  }
  checkOrder(upload, named);
  const byNumber = new Map(uploaded.map((part) => [part.partNumber, part]));
  const parts = named.map((part) => matchingPart(upload, part, byNumber));
  const small = parts.slice(0, -1).find(({ size }) => size < minimumPart);
  if (small !== undefined) {
    const { partNumber, etag, size } = small;
    throw entityTooSmall({ uploadId: upload.uploadId, partNumber, etag: quoted(etag) }, size, minimumPart);
  }
  return parts;
}

function checkOrder({ uploadId }: MultipartUpload, named: readonly NamedPart[]): void {
  let last = 0;
  for (const { PartNumber } of named) {
    if (PartNumber === undefined) {
      throw malformedXml();
    }
    if (PartNumber <= last) {
      throw invalidPartOrder(uploadId);
    }
    last = PartNumber;
  }
}

function matchingPart(
  upload: MultipartUpload,
  named: NamedPart,
  uploaded: ReadonlyMap<number, UploadedPart>,
): UploadedPart {
  const { PartNumber: partNumber = 0, ETag = "" } = named;
  const part = uploaded.get(partNumber);
  checkStatesChecksum(upload, named);
  if (part === undefined || unquoted(ETag) !== part.etag || !sameChecksums(named, part)) {
    throw invalidPart({ uploadId: upload.uploadId, partNumber, etag: ETag });
  }
  return part;
}

/** A checksum of checksums needs every one of them confirmed. */
function checkStatesChecksum({ algorithm, checksumType }: MultipartUpload, named: NamedPart): void {
  if (algorithm !== undefined && checksumType === "COMPOSITE" && named[`Checksum${algorithm}`] === undefined) {
    throw invalidRequest(
      `The upload was created using a ${algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${named.PartNumber} in the request.`,
    );
  }
}

function sameChecksums(named: NamedPart, part: UploadedPart): boolean {
  return checksumAlgorithms.every((algorithm) => {
    const stated = named[`Checksum${algorithm}`];
    return stated === undefined || part.checksums.some((own) => own.algorithm === algorithm && own.value === stated);
  });
}
