import type { ObjectInfo } from "../../../platform/objects/object-store.ts";
import { notModified, preconditionFailed } from "../errors.ts";
import { quoted, unquoted } from "../shared/etag.ts";
import { wholeSeconds } from "../shared/whole-seconds.ts";

export interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

/** The first condition that does not hold, by S3's precedence: an entity tag that was given decides over a date. */
export function failedReadCondition(conditions: ReadConditions, info: ObjectInfo): keyof ReadConditions | undefined {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  const modified = wholeSeconds(info.lastModified).getTime();
  if (IfMatch !== undefined) {
    if (!namesEtag(IfMatch, info.etag)) {
      return "IfMatch";
    }
  } else if (IfUnmodifiedSince !== undefined && modified > IfUnmodifiedSince.getTime()) {
    return "IfUnmodifiedSince";
  }
  if (IfNoneMatch !== undefined) {
    return namesEtag(IfNoneMatch, info.etag) ? "IfNoneMatch" : undefined;
  }
  return IfModifiedSince !== undefined && modified <= IfModifiedSince.getTime() ? "IfModifiedSince" : undefined;
}

/** @throws PreconditionFailed (412), or NotModified (304) for the two conditions that caches send. */
export function checkReadConditions(conditions: ReadConditions, info: ObjectInfo): void {
  const failed = failedReadCondition(conditions, info);
  switch (failed) {
    case undefined:
      return;
    case "IfMatch":
      throw preconditionFailed("If-Match");
    case "IfUnmodifiedSince":
      throw preconditionFailed("If-Unmodified-Since");
    case "IfNoneMatch":
    case "IfModifiedSince":
      throw notModified({ etag: quoted(info.etag), "last-modified": info.lastModified.toUTCString() });
  }
}

function namesEtag(list: string, etag: string): boolean {
  return list.split(",").some((entry) => entry.trim() === "*" || unquoted(entry) === etag);
}
