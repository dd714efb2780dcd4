import type { ObjectInfo, ObjectListing } from "../../../platform/objects/object-store.ts";
import type { S3Deps } from "../deps.ts";
import { quoted } from "../shared/etag.ts";
import { canonicalUserId } from "../shared/owner.ts";
import type { S3Output } from "../shared/s3-operation.ts";
import { wholeSeconds } from "../shared/whole-seconds.ts";
import type { NameEncoder } from "./url-encoding.ts";

export interface ListMembers {
  readonly Bucket: string;
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
}

type Entry = NonNullable<S3Output<"ListObjectsV2">["Contents"]>[number];

const emptyPage: ObjectListing = { objects: [], commonPrefixes: [] };

/** One page; a page of no entries is not asked for, and has no successor. */
export async function readPage(
  deps: S3Deps,
  input: ListMembers,
  page: { readonly after: string; readonly limit: number },
): Promise<ObjectListing> {
  if (page.limit === 0) {
    return emptyPage;
  }
  return deps.objects.list(input.Bucket, {
    prefix: input.Prefix ?? "",
    delimiter: input.Delimiter ?? "",
    after: page.after,
    limit: page.limit,
  });
}

/** Objects as a listing shows them; with `owner`, the account that owns them. */
export function listEntries(objects: readonly ObjectInfo[], encode: NameEncoder, owner: string | undefined): Entry[] {
  const Owner = owner === undefined ? undefined : { ID: canonicalUserId(owner) };
  return objects.map((info) => ({
    Key: encode(info.key),
    LastModified: wholeSeconds(info.lastModified),
    ETag: quoted(info.etag),
    Size: info.size,
    StorageClass: (info.systemMetadata["x-amz-storage-class"] ?? "STANDARD") as NonNullable<Entry["StorageClass"]>,
    ...checksumFacts(info),
    ...(Owner === undefined ? {} : { Owner }),
  }));
}

/** An empty list of prefixes is left out of the answer, as an empty list of keys is. */
export function prefixEntries(prefixes: readonly string[], encode: NameEncoder): { Prefix: string }[] {
  return prefixes.map((prefix) => ({ Prefix: encode(prefix) }));
}

function checksumFacts({ checksums }: ObjectInfo): Pick<Entry, "ChecksumAlgorithm" | "ChecksumType"> {
  const [first] = checksums;
  return first === undefined
    ? {}
    : { ChecksumAlgorithm: checksums.map(({ algorithm }) => algorithm), ChecksumType: first.type };
}
