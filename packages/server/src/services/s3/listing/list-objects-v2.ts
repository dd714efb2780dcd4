import { decodeToken, encodeToken } from "../shared/continuation-token.ts";
import { invalidArgument } from "../errors.ts";
import { requireBucket } from "../shared/require-bucket.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { listEntries, prefixEntries, readPage } from "./list-page.ts";
import { listPermissions } from "./list-permissions.ts";
import { pageSize } from "./page-size.ts";
import { nameEncoder } from "./url-encoding.ts";

export const listObjectsV2: S3Operation<"ListObjectsV2"> = {
  name: "ListObjectsV2",

  permissions: (input) => listPermissions("ListBucket", input),

  async run(input, _context, deps) {
    const encode = nameEncoder(input.EncodingType);
    const limit = pageSize(input.MaxKeys, "maxKeys");
    const after = startOf(input.ContinuationToken, input.StartAfter);
    const bucket = await requireBucket(deps, input);
    const { objects, commonPrefixes, next } = await readPage(deps, input, { after, limit });

    return {
      Name: input.Bucket,
      Prefix: encode(input.Prefix ?? ""),
      Delimiter: input.Delimiter === undefined ? undefined : encode(input.Delimiter),
      MaxKeys: limit,
      EncodingType: input.EncodingType,
      KeyCount: objects.length + commonPrefixes.length,
      IsTruncated: next !== undefined,
      ContinuationToken: input.ContinuationToken,
      NextContinuationToken: next === undefined ? undefined : encodeToken(next),
      StartAfter: input.StartAfter === undefined ? undefined : encode(input.StartAfter),
      Contents: listEntries(objects, encode, input.FetchOwner === true ? bucket.account : undefined),
      CommonPrefixes: prefixEntries(commonPrefixes, encode),
    };
  },
};

/** A token overrides `start-after`, which clients repeat with every page. */
function startOf(token: string | undefined, startAfter: string | undefined): string {
  if (token === undefined) {
    return startAfter ?? "";
  }
  if (token === "") {
    throw invalidArgument("The continuation token provided is incorrect", "continuation-token", "");
  }
  return decodeToken(token);
}
