import { AwsError } from "@clary/wire";
import type { Bucket } from "../../../platform/objects/object-store.ts";
import type { CallContext } from "../../operation.ts";
import { policySetting } from "../buckets/bucket-policy.ts";
import type { S3Deps } from "../deps.ts";
import { malformedXml } from "../errors.ts";
import { requireBucket } from "../shared/require-bucket.ts";
import type { S3Input, S3Operation, S3Output } from "../shared/s3-operation.ts";
import { objectPermission } from "./object-permissions.ts";

const maximumKeys = 1000;

type Item = S3Input<"DeleteObjects">["Delete"]["Objects"][number];
type ItemError = NonNullable<S3Output<"DeleteObjects">["Errors"]>[number];

/**
 * Deletes up to 1000 keys in one transaction; keys that do not exist count as deleted. Rights are asked for key by key: those
 * that the caller may not delete are listed among the errors, and the others go.
 */
export const deleteObjects: S3Operation<"DeleteObjects"> = {
  name: "DeleteObjects",

  permissions: () => [],

  async run(input, context, deps) {
    const { Objects, Quiet } = input.Delete;
    if (Objects.length === 0 || Objects.length > maximumKeys || Objects.some(({ Key }) => Key === "")) {
      throw malformedXml();
    }
    const bucket = await requireBucket(deps, input);
    const refusals = await Promise.all(
      Objects.map(async (item) => (await denial(item, bucket, context, deps)) ?? refusal(item)),
    );
    const Errors = refusals.filter((one) => one !== undefined);
    const accepted = Objects.filter((_, index) => refusals[index] === undefined);
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

/** What the caller is told of a key that it may not delete. */
async function denial(
  { Key, VersionId }: Item,
  bucket: Bucket,
  context: CallContext,
  deps: S3Deps,
): Promise<ItemError | undefined> {
  try {
    await deps.authoriser.authorise({
      caller: context.caller,
      permissions: objectPermission("DeleteObject", { Bucket: bucket.name, Key }),
      context,
      resourcePolicy: async () => bucket.settings[policySetting],
    });
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) {
      return { Key, VersionId, Code: error.code, Message: error.message };
    }
    throw error;
  }
}

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
