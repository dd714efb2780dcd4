import type { ObjectInfo, PutOptions } from "../../../platform/objects/object-store.ts";
import { headerNotImplemented, invalidArgument, invalidStorageClass, metadataTooLarge } from "../errors.ts";
import { parseTagHeader } from "./tag-header.ts";

/** The members of PutObject, CreateMultipartUpload and CopyObject that are kept with the object. */
export interface AttributeMembers {
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly Expires?: Date | undefined;
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
  readonly Tagging?: string | undefined;
  readonly StorageClass?: string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
}

type Attributes = Required<Pick<PutOptions, "systemMetadata" | "userMetadata" | "tags">>;

/** S3 counts names and values of user metadata together, in UTF-8 bytes. */
const maximumMetadata = 2048;

const storageClasses = new Set([
  "STANDARD",
  "REDUCED_REDUNDANCY",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "GLACIER",
  "DEEP_ARCHIVE",
  "GLACIER_IR",
]);

const encryptions = new Set(["AES256", "aws:kms", "aws:kms:dsse"]);

/** @throws InvalidStorageClass, InvalidArgument, MetadataTooLarge, and what a bad `x-amz-tagging` gets. */
export function storedAttributes(input: AttributeMembers): Attributes {
  return {
    systemMetadata: { ...contentHeaders(input), ...placementHeaders(input) },
    userMetadata: userMetadata(input.Metadata ?? {}),
    tags: parseTagHeader(input.Tagging),
  };
}

/** Headers that describe the content and that CopyObject carries over. */
export function contentHeaders(input: AttributeMembers): Record<string, string> {
  return present({
    "content-type": input.ContentType,
    "cache-control": input.CacheControl,
    "content-disposition": input.ContentDisposition,
    "content-encoding": withoutAwsChunked(input.ContentEncoding),
    "content-language": input.ContentLanguage,
    expires: input.Expires?.toUTCString(),
  });
}

/** Headers about where and how the object is kept; CopyObject takes them from its own request only. */
export function placementHeaders(input: AttributeMembers): Record<string, string> {
  checkPlacement(input);
  return present({
    "x-amz-storage-class": input.StorageClass === "STANDARD" ? undefined : input.StorageClass,
    "x-amz-website-redirect-location": input.WebsiteRedirectLocation,
    "x-amz-server-side-encryption": input.ServerSideEncryption,
    "x-amz-server-side-encryption-aws-kms-key-id": input.SSEKMSKeyId,
    "x-amz-server-side-encryption-bucket-key-enabled": input.BucketKeyEnabled === true ? "true" : undefined,
  });
}

/** Names in lower case; @throws MetadataTooLarge. */
export function userMetadata(metadata: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value] as const);
  const size = entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (size > maximumMetadata) {
    throw metadataTooLarge(size, maximumMetadata);
  }
  return Object.fromEntries(entries);
}

/** What an answer says about the encryption that was asked for. */
export function encryptionMembers(info: Pick<ObjectInfo, "systemMetadata">): {
  ServerSideEncryption?: "AES256" | "aws:kms" | "aws:kms:dsse";
  SSEKMSKeyId?: string;
  BucketKeyEnabled?: boolean;
} {
  const system = info.systemMetadata;
  const encryption = system["x-amz-server-side-encryption"];
  const keyId = system["x-amz-server-side-encryption-aws-kms-key-id"];
  return {
    ...(encryption === undefined ? {} : { ServerSideEncryption: encryption as "AES256" | "aws:kms" | "aws:kms:dsse" }),
    ...(keyId === undefined ? {} : { SSEKMSKeyId: keyId }),
    ...(system["x-amz-server-side-encryption-bucket-key-enabled"] === "true" ? { BucketKeyEnabled: true } : {}),
  };
}

interface UnsupportedMembers {
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly CopySourceSSECustomerAlgorithm?: string | undefined;
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
  readonly WriteOffsetBytes?: number | undefined;
}

const unsupportedHeaders: Readonly<Record<keyof UnsupportedMembers, string>> = {
  SSECustomerAlgorithm: "x-amz-server-side-encryption-customer-algorithm",
  SSECustomerKey: "x-amz-server-side-encryption-customer-key",
  CopySourceSSECustomerAlgorithm: "x-amz-copy-source-server-side-encryption-customer-algorithm",
  ObjectLockMode: "x-amz-object-lock-mode",
  ObjectLockLegalHoldStatus: "x-amz-object-lock-legal-hold",
  WriteOffsetBytes: "x-amz-write-offset-bytes",
};

/** Customer keys, object lock and appends change what a write means; ignoring them would lose data or keep a promise falsely. */
export function refuseUnsupportedHeaders(input: UnsupportedMembers): void {
  for (const [member, header] of Object.entries(unsupportedHeaders)) {
    if (input[member as keyof UnsupportedMembers] !== undefined) {
      throw headerNotImplemented(header);
    }
  }
}

function checkPlacement({ StorageClass, ServerSideEncryption }: AttributeMembers): void {
  if (StorageClass !== undefined && !storageClasses.has(StorageClass)) {
    throw invalidStorageClass(StorageClass);
  }
  if (ServerSideEncryption !== undefined && !encryptions.has(ServerSideEncryption)) {
    const message = "The encryption method specified is not supported";
    throw invalidArgument(message, "x-amz-server-side-encryption", ServerSideEncryption);
  }
}

/** `aws-chunked` says how the request was framed and is not kept; S3 strips it from the stored encoding. */
function withoutAwsChunked(encoding: string | undefined): string | undefined {
  const kept = encoding?.split(",").filter((token) => token.trim().toLowerCase() !== "aws-chunked");
  return kept === undefined || kept.length === 0 ? undefined : kept.join(",").trim();
}

function present(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
