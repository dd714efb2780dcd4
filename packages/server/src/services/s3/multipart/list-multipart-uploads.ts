import type { MultipartUpload } from "../../../platform/objects/object-store.ts";
import { prefixEntries } from "../listing/list-page.ts";
import { listPermissions } from "../listing/list-permissions.ts";
import { pageSize } from "../listing/page-size.ts";
import { nameEncoder, type NameEncoder } from "../listing/url-encoding.ts";
import { canonicalUserId } from "../shared/owner.ts";
import { requireBucket } from "../shared/require-bucket.ts";
import type { S3Input, S3Operation, S3Output } from "../shared/s3-operation.ts";
import { wholeSeconds } from "../shared/whole-seconds.ts";

type Answer = S3Output<"ListMultipartUploads">;

/** Unfinished uploads by key, then by id. */
export const listMultipartUploads: S3Operation<"ListMultipartUploads"> = {
  name: "ListMultipartUploads",

  permissions: (input) => listPermissions("ListBucketMultipartUploads", input),

  async run(input, context, deps) {
    const encode = nameEncoder(input.EncodingType);
    const limit = pageSize(input.MaxUploads, "max-uploads");
    await requireBucket(deps, input);
    const page =
      limit === 0
        ? { uploads: [], commonPrefixes: [], more: false }
        : await deps.objects.listUploads(input.Bucket, uploadQuery(input, limit));

    return {
      Bucket: input.Bucket,
      KeyMarker: encode(input.KeyMarker ?? ""),
      UploadIdMarker: input.UploadIdMarker ?? "",
      ...(page.more ? nextMarkers(page.uploads.at(-1), page.commonPrefixes.at(-1), encode) : {}),
      Prefix: encode(input.Prefix ?? ""),
      Delimiter: input.Delimiter === undefined ? undefined : encode(input.Delimiter),
      EncodingType: input.EncodingType,
      MaxUploads: limit,
      IsTruncated: page.more,
      Uploads: page.uploads.map((upload) => listEntry(upload, encode, context.scope.account)),
      CommonPrefixes: prefixEntries(page.commonPrefixes, encode),
    };
  },
};

interface UploadQuery {
  readonly prefix: string;
  readonly delimiter: string;
  readonly after: string;
  readonly afterUploadId?: string;
  readonly limit: number;
}

/** An id marker without a key marker is ignored, as S3 does. */
function uploadQuery(input: S3Input<"ListMultipartUploads">, limit: number): UploadQuery {
  const after = input.KeyMarker ?? "";
  const id = input.UploadIdMarker ?? "";
  return {
    prefix: input.Prefix ?? "",
    delimiter: input.Delimiter ?? "",
    after,
    ...(after === "" || id === "" ? {} : { afterUploadId: id }),
    limit,
  };
}

/** A page ends with an upload or with a prefix, whichever sorts later. */
function nextMarkers(
  upload: MultipartUpload | undefined,
  prefix: string | undefined,
  encode: NameEncoder,
): Pick<Answer, "NextKeyMarker" | "NextUploadIdMarker"> {
  const endsWithPrefix =
    upload === undefined || (prefix !== undefined && Buffer.compare(Buffer.from(prefix), Buffer.from(upload.key)) > 0);
  return endsWithPrefix
    ? { NextKeyMarker: encode(prefix ?? ""), NextUploadIdMarker: "" }
    : { NextKeyMarker: encode(upload.key), NextUploadIdMarker: upload.uploadId };
}

function listEntry(
  upload: MultipartUpload,
  encode: NameEncoder,
  account: string,
): NonNullable<Answer["Uploads"]>[number] {
  const owner = { ID: canonicalUserId(account) };
  return {
    Key: encode(upload.key),
    UploadId: upload.uploadId,
    Initiated: wholeSeconds(upload.initiatedAt),
    Initiator: owner,
    Owner: owner,
    StorageClass: "STANDARD",
    ChecksumAlgorithm: upload.algorithm,
    ChecksumType: upload.checksumType,
  };
}
