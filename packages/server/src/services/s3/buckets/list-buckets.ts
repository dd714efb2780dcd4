import type { Bucket } from "../../../platform/objects/object-store.ts";
import { invalidArgument } from "../errors.ts";
import { decodeToken, encodeToken } from "../shared/continuation-token.ts";
import { canonicalUserId } from "../shared/owner.ts";
import type { S3Input, S3Operation } from "../shared/s3-operation.ts";
import { wholeSeconds } from "../shared/whole-seconds.ts";

const maximumPage = 10_000;

/** The account's buckets by name. Unless a page size is given there is one page, as old clients expect. */
export const listBuckets: S3Operation<"ListBuckets"> = {
  name: "ListBuckets",

  permissions: () => [{ action: "s3:ListAllMyBuckets", resource: "arn:aws:s3:::*" }],

  async run(input, context, deps) {
    const after = input.ContinuationToken === undefined ? "" : decodeToken(input.ContinuationToken);
    const matching = (await deps.objects.listBuckets(context.scope.account))
      .filter((bucket) => bucket.name > after && matches(bucket, input))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const page = matching.slice(0, pageSize(input.MaxBuckets) ?? matching.length);
    const last = page.at(-1);

    return {
      Owner: { ID: canonicalUserId(context.scope.account) },
      Buckets: page.map((bucket) => entry(bucket, isPaged(input))),
      Prefix: input.Prefix,
      ContinuationToken: last !== undefined && page.length < matching.length ? encodeToken(last.name) : undefined,
    };
  },
};

function matches(bucket: Bucket, { Prefix, BucketRegion }: S3Input<"ListBuckets">): boolean {
  return bucket.name.startsWith(Prefix ?? "") && (BucketRegion === undefined || bucket.region === BucketRegion);
}

function pageSize(requested: number | undefined): number | undefined {
  if (requested !== undefined && !(requested >= 1 && requested <= maximumPage)) {
    const message = `Argument max-buckets must be an integer between 1 and ${maximumPage}`;
    throw invalidArgument(message, "max-buckets", String(requested));
  }
  return requested;
}

/** Regions are told only to callers that use the newer, paged form. */
function isPaged(input: S3Input<"ListBuckets">): boolean {
  return [input.MaxBuckets, input.ContinuationToken, input.Prefix, input.BucketRegion].some(
    (member) => member !== undefined,
  );
}

function entry(bucket: Bucket, withRegion: boolean): { Name: string; CreationDate: Date; BucketRegion?: string } {
  const { name, createdAt, region } = bucket;
  return { Name: name, CreationDate: wholeSeconds(createdAt), ...(withRegion ? { BucketRegion: region } : {}) };
}
