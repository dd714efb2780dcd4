import type { OpenObject } from "../../../platform/objects/object-store.ts";
import type { CallContext } from "../../operation.ts";
import type { S3Deps } from "../deps.ts";
import { invalidArgument, invalidRequest, preconditionFailed } from "../errors.ts";
import { requireOpenObject } from "../shared/require-object.ts";
import { failedReadCondition, type ReadConditions } from "./read-conditions.ts";

export interface CopySourceMembers {
  readonly CopySource: string;
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: Date | undefined;
  readonly CopySourceIfUnmodifiedSince?: Date | undefined;
  readonly ExpectedSourceBucketOwner?: string | undefined;
}

export interface CopySource {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
}

/** One copy moves at most 5 GiB. */
const maximumCopy = 5 * 1024 ** 3;

const conditionHeaders: Readonly<Record<keyof ReadConditions, string>> = {
  IfMatch: "x-amz-copy-source-If-Match",
  IfNoneMatch: "x-amz-copy-source-If-None-Match",
  IfModifiedSince: "x-amz-copy-source-If-Modified-Since",
  IfUnmodifiedSince: "x-amz-copy-source-If-Unmodified-Since",
};

/**
 * Reads `x-amz-copy-source`: `bucket/key`, URL-encoded, perhaps with a slash before and `?versionId=` behind.
 * @throws InvalidArgument.
 */
export function parseCopySource(header: string): CopySource {
  const [, path = "", version] = /^(.*?)(?:\?versionId=([^?]*))?$/s.exec(header) ?? [];
  const decoded = decode(path.replace(/^\//, ""), header);
  const slash = decoded.indexOf("/");
  if (slash <= 0 || slash === decoded.length - 1 || decoded.startsWith("arn:")) {
    throw malformed(header);
  }
  return {
    Bucket: decoded.slice(0, slash),
    Key: decoded.slice(slash + 1),
    ...(version === undefined ? {} : { VersionId: version }),
  };
}

/**
 * Opens the source of a copy under the request's conditions; the caller closes it.
 * @throws NoSuchBucket, NoSuchKey, PreconditionFailed (a copy has no 304), InvalidRequest when it is too large.
 */
export async function openCopySource(
  deps: S3Deps,
  input: CopySourceMembers,
  context: CallContext,
): Promise<OpenObject> {
  const source = parseCopySource(input.CopySource);
  const object = await requireOpenObject(
    deps,
    { ...source, ExpectedBucketOwner: input.ExpectedSourceBucketOwner },
    context,
  );
  const failed = failedReadCondition(
    {
      IfMatch: input.CopySourceIfMatch,
      IfNoneMatch: input.CopySourceIfNoneMatch,
      IfModifiedSince: input.CopySourceIfModifiedSince,
      IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
    },
    object.info,
  );
  if (failed !== undefined) {
    await object.close();
    throw preconditionFailed(conditionHeaders[failed]);
  }
  return object;
}

export function checkCopySize(size: number): void {
  if (size > maximumCopy) {
    throw invalidRequest(
      `The specified copy source is larger than the maximum allowable size for a copy source: ${maximumCopy}`,
    );
  }
}

/** S3 decodes as forms are decoded: a literal plus must be sent as `%2B`. */
function decode(path: string, header: string): string {
  try {
    return decodeURIComponent(path.replaceAll("+", " "));
  } catch {
    throw malformed(header);
  }
}

function malformed(header: string): Error {
  const message = "Copy Source must mention the source bucket and key: sourcebucket/sourcekey";
  return invalidArgument(message, "x-amz-copy-source", header);
}
