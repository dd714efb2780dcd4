import type { ObjectInfo } from "../../../platform/objects/object-store.ts";
import { invalidArgument } from "../errors.ts";
import { requireObject } from "../shared/require-object.ts";
import type { S3Operation, S3Output } from "../shared/s3-operation.ts";
import { wholeSeconds } from "../shared/whole-seconds.ts";
import { typedChecksumMembers } from "./checksum-members.ts";
import { objectPermission } from "./object-permissions.ts";
import { refuseUnsupportedHeaders } from "./stored-attributes.ts";

type Answer = S3Output<"GetObjectAttributes">;

/** Each attribute that may be asked for, read from the object. The entity tag stands without quotes here. */
const readers: Readonly<Record<string, (info: ObjectInfo) => Partial<Answer>>> = {
  ETag: (info) => ({ ETag: info.etag }),
  Checksum: ({ checksums }) => (checksums.length === 0 ? {} : { Checksum: typedChecksumMembers(checksums) }),
  ObjectParts: ({ partSizes }) =>
    partSizes === undefined ? {} : { ObjectParts: { TotalPartsCount: partSizes.length } },
  StorageClass: ({ systemMetadata }) => ({
    StorageClass: (systemMetadata["x-amz-storage-class"] ?? "STANDARD") as NonNullable<Answer["StorageClass"]>,
  }),
  ObjectSize: (info) => ({ ObjectSize: info.size }),
};

/** What was asked for about an object, and nothing else. Needs both actions, as in S3. */
export const getObjectAttributes: S3Operation<"GetObjectAttributes"> = {
  name: "GetObjectAttributes",

  permissions: (input) => [...objectPermission("GetObject", input), ...objectPermission("GetObjectAttributes", input)],

  async run(input, context, deps) {
    refuseUnsupportedHeaders(input);
    const attributes = input.ObjectAttributes.map((name) => readers[name] ?? unknownAttribute(name));
    const info = await requireObject(deps, input, context);
    const answers = attributes.map((read) => read(info));
    return Object.assign({ LastModified: wholeSeconds(info.lastModified) }, ...answers) as Answer;
  },
};

function unknownAttribute(name: string): never {
  throw invalidArgument("Invalid attribute name specified.", "x-amz-object-attributes", name);
}
