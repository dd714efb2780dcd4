import { malformedXml } from "../errors.ts";
import { requireBucket } from "../shared/require-bucket.ts";
import type { S3Input, S3Operation, S3Output } from "../shared/s3-operation.ts";
import { objectPermission } from "./object-permissions.ts";

const maximumKeys = 1000;

type Item = S3Input<"DeleteObjects">["Delete"]["Objects"][number];
type ItemError = NonNullable<S3Output<"DeleteObjects">["Errors"]>[number];

/** Deletes up to 1000 keys in one transaction; keys that do not exist count as deleted. */
export const deleteObjects: S3Operation<"DeleteObjects"> = {
  name: "DeleteObjects",

  permissions: (input) =>
    input.Delete.Objects.flatMap(({ Key }) => objectPermission("DeleteObject", { Bucket: input.Bucket, Key })),

  async run(input, _context, deps) {
    const { Objects, Quiet } = input.Delete;
    if (Objects.length === 0 || Objects.length > maximumKeys || Objects.some(({ Key }) => Key === "")) {
      throw malformedXml();
    }
    await requireBucket(deps, input);
    const Errors = Objects.flatMap((item) => refusal(item) ?? []);
    const accepted = Objects.filter((item) => refusal(item) === undefined);
    await deps.objects.deleteMany(
      input.Bucket,
      accepted.map(({ Key }) => Key),
    );
    return {
      ...(Quiet === true ? {} : { Deleted: accepted.map(({ Key, VersionId }) => ({ Key, VersionId })) }),
      ...(Errors.length === 0 ? {} : { Errors }),
    };
  },
};

/** Why one item is not deleted while the others are. */
function refusal({ Key, VersionId, ETag, LastModifiedTime, Size }: Item): ItemError | undefined {
  if (VersionId !== undefined && VersionId !== "null") {
    return { Key, VersionId, Code: "NoSuchVersion", Message: "The specified version does not exist." };
  }
  if (ETag !== undefined || LastModifiedTime !== undefined || Size !== undefined) {
    return {
      Key,
      Code: "NotImplemented",
      Message: "A header you provided implies functionality that is not implemented",
    };
  }
  return undefined;
}
