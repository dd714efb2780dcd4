import type { ObjectInfo } from "../../../platform/objects/object-store.ts";
import type { CallContext } from "../../operation.ts";
import { invalidRequest } from "../errors.ts";
import { quoted } from "../shared/etag.ts";
import type { S3Output } from "../shared/s3-operation.ts";
import { wholeSeconds } from "../shared/whole-seconds.ts";
import type { ByteSelection } from "./byte-selection.ts";
import { typedChecksumMembers } from "./checksum-members.ts";
import { encryptionMembers } from "./stored-attributes.ts";

interface ReadMembers {
  readonly ChecksumMode?: string | undefined;
  readonly ResponseCacheControl?: string | undefined;
  readonly ResponseContentDisposition?: string | undefined;
  readonly ResponseContentEncoding?: string | undefined;
  readonly ResponseContentLanguage?: string | undefined;
  readonly ResponseContentType?: string | undefined;
  readonly ResponseExpires?: Date | undefined;
}

type ReadAnswer = S3Output<"HeadObject">;

/** What GetObject and HeadObject say about an object: its own headers, or those that the request put in their place. */
export function readAnswer(input: ReadMembers, info: ObjectInfo, selection: ByteSelection): ReadAnswer {
  const tagCount = Object.keys(info.tags).length;
  return {
    AcceptRanges: "bytes",
    LastModified: wholeSeconds(info.lastModified),
    ContentLength: selection.length,
    ContentRange: selection.contentRange,
    ETag: quoted(info.etag),
    Metadata: { ...info.userMetadata },
    TagCount: tagCount === 0 ? undefined : tagCount,
    PartsCount: selection.partsCount,
    ...contentMembers(input, info),
    ...placementMembers(info),
    // A checksum of the whole object says nothing about a part of it, and clients would compare.
    ...(input.ChecksumMode === "ENABLED" && selection.range === undefined ? typedChecksumMembers(info.checksums) : {}),
  };
}

const overrides = [
  "ResponseCacheControl",
  "ResponseContentDisposition",
  "ResponseContentEncoding",
  "ResponseContentLanguage",
  "ResponseContentType",
  "ResponseExpires",
] as const;

/** @throws InvalidRequest: only signed requests may choose response headers. */
export function checkOverrides(input: ReadMembers, context: CallContext): void {
  if (context.caller.type === "anonymous" && overrides.some((member) => input[member] !== undefined)) {
    throw invalidRequest("Request specific response headers cannot be used for anonymous GET requests.");
  }
}

function contentMembers(input: ReadMembers, info: ObjectInfo): Partial<ReadAnswer> {
  const system = info.systemMetadata;
  return {
    CacheControl: input.ResponseCacheControl ?? system["cache-control"],
    ContentDisposition: input.ResponseContentDisposition ?? system["content-disposition"],
    ContentEncoding: input.ResponseContentEncoding ?? system["content-encoding"],
    ContentLanguage: input.ResponseContentLanguage ?? system["content-language"],
    ContentType: input.ResponseContentType ?? system["content-type"] ?? "binary/octet-stream",
    Expires: input.ResponseExpires ?? dateOf(system["expires"]),
  };
}

function placementMembers(info: ObjectInfo): Partial<ReadAnswer> {
  const system = info.systemMetadata;
  return {
    StorageClass: system["x-amz-storage-class"] as ReadAnswer["StorageClass"],
    WebsiteRedirectLocation: system["x-amz-website-redirect-location"],
    ...encryptionMembers(info),
  };
}

function dateOf(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}
