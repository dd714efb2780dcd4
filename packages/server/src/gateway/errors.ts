import { AwsError, type Protocol, type ServiceIndexEntry } from "@clary/wire";
import { StorageError } from "../platform/database/storage-error.ts";

/* Errors that the gateway itself answers with, whatever the service. Signatures have theirs in auth/. */

/** The client fell silent in the middle of a request. S3's words; other services close the connection. */
export function requestTimeout(): AwsError {
  const message =
    "Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.";
  return new AwsError("RequestTimeout", message);
}

/** The connection ended before the body did; nobody is left to read this. */
export function incompleteRequest(): AwsError {
  return new AwsError("IncompleteBody", "The request ended before its body was complete.");
}

export function requestTooLarge(bytes: number): AwsError {
  const message = `HTTP content length exceeded ${bytes} bytes.`;
  return new AwsError("RequestEntityTooLargeException", message, { status: 413 });
}

/** S3's own for documents (`Delete`, `CompleteMultipartUpload`, policies). */
export function messageTooLong(): AwsError {
  return new AwsError("MaxMessageLengthExceeded", "Your request was too big.");
}

/** S3's own for a single upload. */
export function uploadTooLarge(bytes: number): AwsError {
  return new AwsError("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", {
    members: { MaxSizeAllowed: bytes },
  });
}

export function addressTooLong(): AwsError {
  return new AwsError("RequestURITooLong", "The URI provided was too long for the server to handle.", { status: 414 });
}

export function tooManyHeaders(): AwsError {
  const message = "Your request header section exceeds the maximum allowed size.";
  return new AwsError("RequestHeaderSectionTooLarge", message);
}

export function methodNotAllowed(method: string): AwsError {
  return new AwsError("MethodNotAllowed", "The specified method is not allowed against this resource.", {
    status: 405,
    members: { Method: method },
  });
}

/** Not an operation of the service, in the words of the protocol it was asked in. */
export function unknownOperation(service: ServiceIndexEntry, protocol: Protocol, name: string | undefined): AwsError {
  switch (protocol) {
    case "awsQuery":
      return name === undefined
        ? new AwsError("MissingAction", "Missing Action")
        : new AwsError("InvalidAction", `Could not find operation ${name} for version ${service.apiVersion}`);
    case "ec2Query":
      return name === undefined
        ? new AwsError("MissingParameter", "The request must contain the parameter Action")
        : new AwsError("InvalidAction", `The action ${name} is not valid for this web service.`);
    case "awsJson1_0":
    case "awsJson1_1":
    case "rpcv2Cbor":
      return new AwsError("UnknownOperationException", "");
    case "restJson1":
      return new AwsError("UnknownOperationException", "", { status: 404 });
    case "restXml":
      return new AwsError("MethodNotAllowed", "The specified method is not allowed against this resource.", {
        status: 405,
      });
  }
}

/** An operation that AWS has and Clary recognises but does not have. */
export function operationNotImplemented(service: ServiceIndexEntry, operation: string): AwsError {
  const message = `Clary does not implement ${operation} of ${service.serviceId}.`;
  return new AwsError("NotImplemented", message, { status: 501 });
}

export function serviceNotImplemented(name: string): AwsError {
  return new AwsError("NotImplemented", `Clary does not implement the AWS service ${name}.`, { status: 501 });
}

/**
 * What a fault of ours looks like from outside; its cause is in the log, under the request's id. Only a disk that refuses is
 * named: whoever uploads can do something about that.
 */
export function internalFailure(protocol: Protocol, cause: unknown): AwsError {
  const code = protocol === "restXml" ? "InternalError" : "InternalFailure";
  const reason = cause instanceof StorageError ? ` ${cause.message}` : "";
  return new AwsError(code, `We encountered an internal error. Please try again.${reason}`, { status: 500, cause });
}
