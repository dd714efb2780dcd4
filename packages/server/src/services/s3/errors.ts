import { AwsError, type AwsErrorOptions } from "@clary/wire";

/*
 * S3's errors as S3 words them. Elements beyond Code and Message (Key, BucketName, RangeRequested …) are members; the
 * renderer adds Resource, RequestId and HostId.
 */

function s3Error(code: string, status: number, message: string, members: AwsErrorOptions["members"] = {}): AwsError {
  return new AwsError(code, message, { status, members });
}

export function accessDenied(): AwsError {
  return s3Error("AccessDenied", 403, "Access Denied");
}

// Buckets

export function noSuchBucket(bucket: string): AwsError {
  return s3Error("NoSuchBucket", 404, "The specified bucket does not exist", { BucketName: bucket });
}

export function bucketAlreadyOwnedByYou(bucket: string): AwsError {
  const message = "Your previous request to create the named bucket succeeded and you already own it.";
  return s3Error("BucketAlreadyOwnedByYou", 409, message, { BucketName: bucket });
}

export function bucketAlreadyExists(bucket: string): AwsError {
  const message =
    "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.";
  return s3Error("BucketAlreadyExists", 409, message, { BucketName: bucket });
}

export function bucketNotEmpty(bucket: string): AwsError {
  return s3Error("BucketNotEmpty", 409, "The bucket you tried to delete is not empty", { BucketName: bucket });
}

export function invalidBucketName(bucket: string): AwsError {
  return s3Error("InvalidBucketName", 400, "The specified bucket is not valid.", { BucketName: bucket });
}

export function invalidLocationConstraint(constraint: string): AwsError {
  const message = "The specified location-constraint is not valid";
  return s3Error("InvalidLocationConstraint", 400, message, { LocationConstraint: constraint });
}

/** `constraint` as the request gave it; undefined when it gave none. */
export function illegalLocationConstraint(constraint: string | undefined): AwsError {
  const subject = constraint === undefined ? "unspecified" : constraint;
  const message = `The ${subject} location constraint is incompatible for the region specific endpoint this request was sent to.`;
  return s3Error("IllegalLocationConstraintException", 400, message);
}

export function aclNotSupported(): AwsError {
  return s3Error("AccessControlListNotSupported", 400, "The bucket does not allow ACLs");
}

export function malformedPolicy(detail: string): AwsError {
  return s3Error("MalformedPolicy", 400, detail);
}

/** A subresource that was never set: `NoSuchBucketPolicy`, `NoSuchTagSet`, `NoSuchCORSConfiguration` … */
export function notConfigured(code: string, message: string, bucket: string): AwsError {
  return s3Error(code, 404, message, { BucketName: bucket });
}

// Objects

export function noSuchKey(key: string): AwsError {
  return s3Error("NoSuchKey", 404, "The specified key does not exist.", { Key: key });
}

export function keyTooLong(size: number, maximum: number): AwsError {
  return s3Error("KeyTooLongError", 400, "Your key is too long", { Size: size, MaxSizeAllowed: maximum });
}

export function metadataTooLarge(size: number, maximum: number): AwsError {
  const message = "Your metadata headers exceed the maximum allowed metadata size";
  return s3Error("MetadataTooLarge", 400, message, { Size: size, MaxSizeAllowed: maximum });
}

export function entityTooLarge(size: number, maximum: number): AwsError {
  const message = "Your proposed upload exceeds the maximum allowed size";
  return s3Error("EntityTooLarge", 400, message, { ProposedSize: size, MaxSizeAllowed: maximum });
}

export function missingContentLength(): AwsError {
  return s3Error("MissingContentLength", 411, "You must provide the Content-Length HTTP header.");
}

export function incompleteBody(expected: number, received: number): AwsError {
  const message = "You did not provide the number of bytes specified by the Content-Length HTTP header";
  return s3Error("IncompleteBody", 400, message, {
    NumberBytesExpected: expected,
    NumberBytesProvided: received,
  });
}

export function invalidStorageClass(storageClass: string): AwsError {
  const message = "The storage class you specified is not valid";
  return s3Error("InvalidStorageClass", 400, message, { StorageClassRequested: storageClass });
}

export function invalidRange(range: string, size: number): AwsError {
  return new AwsError("InvalidRange", "The requested range is not satisfiable", {
    status: 416,
    members: { RangeRequested: range, ActualObjectSize: size },
    headers: { "content-range": `bytes */${size}` },
  });
}

export function invalidPartNumber(requested: number, count: number): AwsError {
  return s3Error("InvalidPartNumber", 416, "The requested partnumber is not satisfiable", {
    PartNumberRequested: requested,
    ActualPartCount: count,
  });
}

/** `condition` is the header that did not hold, as S3 spells it (`If-Match`, `x-amz-copy-source-If-Match` …). */
export function preconditionFailed(condition: string): AwsError {
  const message = "At least one of the pre-conditions you specified did not hold";
  return s3Error("PreconditionFailed", 412, message, { Condition: condition });
}

/** Has no body on the wire; `headers` repeat what a 200 would have said about the object. */
export function notModified(headers: Readonly<Record<string, string>>): AwsError {
  return new AwsError("NotModified", "Not Modified", { status: 304, headers });
}

// Digests

export function invalidDigest(contentMd5: string): AwsError {
  const message = "The Content-MD5 you specified was invalid.";
  return s3Error("InvalidDigest", 400, message, { "Content-MD5": contentMd5 });
}

/** Both digests in base64. */
export function badContentMd5(expected: string, calculated: string): AwsError {
  return s3Error("BadDigest", 400, "The Content-MD5 you specified did not match what we received.", {
    ExpectedDigest: expected,
    CalculatedDigest: calculated,
  });
}

export function badChecksum(algorithm: string): AwsError {
  return s3Error("BadDigest", 400, `The ${algorithm} you specified did not match the calculated checksum.`);
}

export function malformedTrailer(): AwsError {
  const message =
    "The request contained trailing data that was not well-formed or did not conform to our published schema.";
  return s3Error("MalformedTrailerError", 400, message);
}

// Multipart uploads

export function noSuchUpload(uploadId: string): AwsError {
  const message =
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.";
  return s3Error("NoSuchUpload", 404, message, { UploadId: uploadId });
}

export interface PartReference {
  readonly uploadId: string;
  readonly partNumber: number;
  readonly etag: string;
}

export function invalidPart(part: PartReference): AwsError {
  // Two spaces after "found." are S3's own.
  const message =
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.";
  return s3Error("InvalidPart", 400, message, {
    UploadId: part.uploadId,
    PartNumber: part.partNumber,
    ETag: part.etag,
  });
}

export function invalidPartOrder(uploadId: string): AwsError {
  const message = "The list of parts was not in ascending order. Parts must be ordered by part number.";
  return s3Error("InvalidPartOrder", 400, message, { UploadId: uploadId });
}

export function entityTooSmall(part: PartReference, size: number, minimum: number): AwsError {
  return s3Error("EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size", {
    ProposedSize: size,
    MinSizeAllowed: minimum,
    PartNumber: part.partNumber,
    ETag: part.etag,
  });
}

// Requests

export function invalidRequest(message: string): AwsError {
  return s3Error("InvalidRequest", 400, message);
}

export function invalidArgument(message: string, name: string, value: string | undefined): AwsError {
  return s3Error("InvalidArgument", 400, message, {
    ArgumentName: name,
    ...(value === undefined ? {} : { ArgumentValue: value }),
  });
}

export function methodNotAllowed(): AwsError {
  return s3Error("MethodNotAllowed", 405, "The specified method is not allowed against this resource.");
}

export function malformedXml(): AwsError {
  const message = "The XML you provided was not well-formed or did not validate against our published schema";
  return s3Error("MalformedXML", 400, message);
}

export function missingRequestBody(): AwsError {
  return s3Error("MissingRequestBodyError", 400, "Request Body is empty");
}

export function invalidTag(message: string, key?: string): AwsError {
  return s3Error("InvalidTag", 400, message, key === undefined ? {} : { TagKey: key });
}

export function tooManyObjectTags(): AwsError {
  return s3Error("BadRequest", 400, "Object tags cannot be greater than 10");
}

export function headerNotImplemented(header: string): AwsError {
  const message = "A header you provided implies functionality that is not implemented";
  return s3Error("NotImplemented", 501, message, { Header: header });
}
