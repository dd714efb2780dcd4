import { requireBucket } from "../shared/require-bucket.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { listEntries, prefixEntries, readPage } from "./list-page.ts";
import { listPermissions } from "./list-permissions.ts";
import { pageSize } from "./page-size.ts";
import { nameEncoder } from "./url-encoding.ts";

/** The first version of the listing: paged by marker, and always with owners. */
export const listObjects: S3Operation<"ListObjects"> = {
  name: "ListObjects",

  permissions: (input) => listPermissions("ListBucket", input),

  async run(input, _context, deps) {
    const encode = nameEncoder(input.EncodingType);
    const limit = pageSize(input.MaxKeys, "maxKeys");
    const bucket = await requireBucket(deps, input);
    const after = input.Marker ?? "";
    const { objects, commonPrefixes, next } = await readPage(deps, input, { after, limit });
    const delimited = input.Delimiter !== undefined && input.Delimiter !== "";

    return {
      Name: input.Bucket,
      Prefix: encode(input.Prefix ?? ""),
      Marker: encode(after),
      // Without a delimiter clients take the last key as the next marker.
      NextMarker: delimited && next !== undefined ? encode(next) : undefined,
      Delimiter: input.Delimiter === undefined ? undefined : encode(input.Delimiter),
      MaxKeys: limit,
      EncodingType: input.EncodingType,
      IsTruncated: next !== undefined,
      Contents: listEntries(objects, encode, bucket.account),
      CommonPrefixes: prefixEntries(commonPrefixes, encode),
    };
  },
};
