import type { RequestBody } from "@clary/wire";
import type { ChecksumAlgorithm, ReceivedBytes } from "../../../platform/objects/object-store.ts";
import {
  badChecksum,
  badContentMd5,
  incompleteBody,
  invalidDigest,
  invalidRequest,
  malformedTrailer,
} from "../errors.ts";
import {
  checkDigestForm,
  checksumHeader,
  parseAlgorithm,
  statedChecksums,
  type ChecksumMembers,
  type ChecksumValue,
} from "./checksum-members.ts";

interface DigestMembers extends ChecksumMembers {
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ContentMD5?: string | undefined;
  readonly ContentLength?: number | undefined;
}

/** What to compute over a body while it is stored, and the comparison before it becomes visible. */
export interface BodyChecks {
  readonly algorithms: readonly ChecksumAlgorithm[];
  /** @throws IncompleteBody, BadDigest, MalformedTrailerError, InvalidRequest. */
  readonly verify: (received: ReceivedBytes) => void;
}

const algorithmHeader = "x-amz-sdk-checksum-algorithm";

/**
 * Reads what a PutObject or UploadPart says about its bytes: Content-MD5, one checksum in a header or a trailer, and the
 * length. @throws InvalidDigest, InvalidRequest before any byte is read.
 */
export function bodyChecks(input: DigestMembers, body: RequestBody): BodyChecks {
  const header = statedChecksum(input);
  const trailer = announcedTrailer(body);
  if (header !== undefined && trailer !== undefined) {
    throw severalChecksums();
  }
  const algorithm = header?.algorithm ?? trailer;
  checkNamedAlgorithm(input.ChecksumAlgorithm, algorithm);
  const md5 = input.ContentMD5 === undefined ? undefined : parseContentMd5(input.ContentMD5);

  return {
    algorithms: algorithm === undefined ? [] : [algorithm],
    verify(received) {
      if (input.ContentLength !== undefined && input.ContentLength !== received.size) {
        throw incompleteBody(input.ContentLength, received.size);
      }
      compareMd5(md5, received.md5);
      if (algorithm !== undefined) {
        compareChecksum(header ?? trailingChecksum(body, algorithm), received);
      }
    },
  };
}

function statedChecksum(input: DigestMembers): ChecksumValue | undefined {
  const stated = statedChecksums(input);
  if (stated.length > 1) {
    throw severalChecksums();
  }
  stated.forEach(checkDigestForm);
  return stated[0];
}

function announcedTrailer(body: RequestBody): ChecksumAlgorithm | undefined {
  const names = body.facts.trailerNames.filter((name) => name.startsWith("x-amz-checksum-"));
  const [first] = names;
  if (names.length > 1) {
    throw severalChecksums();
  }
  return first === undefined ? undefined : parseAlgorithm(first.slice("x-amz-checksum-".length), "x-amz-trailer");
}

function severalChecksums(): Error {
  return invalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
}

function checkNamedAlgorithm(named: string | undefined, found: ChecksumAlgorithm | undefined): void {
  if (named === undefined) {
    return;
  }
  if (found === undefined) {
    throw invalidRequest(
      `${algorithmHeader} specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.`,
    );
  }
  if (parseAlgorithm(named, algorithmHeader) !== found) {
    throw invalidRequest(`Value for ${algorithmHeader} header is invalid.`);
  }
}

/** The digest in hex, as the store reports it. */
function parseContentMd5(value: string): string {
  const bytes = Buffer.from(value, "base64");
  if (bytes.length !== 16 || bytes.toString("base64") !== value.trim()) {
    throw invalidDigest(value);
  }
  return bytes.toString("hex");
}

function compareMd5(expected: string | undefined, received: string): void {
  if (expected !== undefined && expected !== received) {
    throw badContentMd5(hexToBase64(expected), hexToBase64(received));
  }
}

function hexToBase64(hex: string): string {
  return Buffer.from(hex, "hex").toString("base64");
}

function trailingChecksum(body: RequestBody, algorithm: ChecksumAlgorithm): ChecksumValue {
  const value = body.facts.trailers()[checksumHeader(algorithm)];
  if (value === undefined) {
    throw malformedTrailer();
  }
  checkDigestForm({ algorithm, value });
  return { algorithm, value };
}

function compareChecksum(stated: ChecksumValue, received: ReceivedBytes): void {
  const computed = received.checksums.find(({ algorithm }) => algorithm === stated.algorithm);
  if (computed?.value !== stated.value) {
    throw badChecksum(stated.algorithm);
  }
}
