import { requireBucket } from "../shared/require-bucket.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { listEntries, prefixEntries, readPage } from "./list-page.ts";
import { listPermissions } from "./list-permissions.ts";
import { pageSize } from "./page-size.ts";
import { nameEncoder } from "./url-encoding.ts";

/** In an unversioned bucket every object is its only version, `null`; programs that empty buckets delete by this list. */
export const listObjectVersions: S3Operation<"ListObjectVersions"> = {
  name: "ListObjectVersions",

  permissions: (input) => listPermissions("ListBucketVersions", input),

  async run(input, _context, deps) {
    const encode = nameEncoder(input.EncodingType);
    const limit = pageSize(input.MaxKeys, "maxKeys");
    const bucket = await requireBucket(deps, input);
    const after = input.KeyMarker ?? "";
    const { objects, commonPrefixes, next } = await readPage(deps, input, { after, limit });
    const entries = listEntries(objects, encode, bucket.account);

    return {
      Name: input.Bucket,
      Prefix: encode(input.Prefix ?? ""),
      KeyMarker: encode(after),
      VersionIdMarker: input.VersionIdMarker ?? "",
      NextKeyMarker: next === undefined ? undefined : encode(next),
      NextVersionIdMarker: next === undefined ? undefined : "null",
      Delimiter: input.Delimiter === undefined ? undefined : encode(input.Delimiter),
      MaxKeys: limit,
      EncodingType: input.EncodingType,
      IsTruncated: next !== undefined,
      Versions: entries.map(({ StorageClass: _class, ...entry }) => ({
        ...entry,
        VersionId: "null",
        IsLatest: true,
        StorageClass: "STANDARD" as const,
      })),
      CommonPrefixes: prefixEntries(commonPrefixes, encode),
    };
  },
};
