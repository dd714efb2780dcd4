import { AwsError } from "../aws-error.ts";

/** A body, or a value in it, that is not what the model says; `awsJson`, `restJson1` and `rpcv2Cbor`. */
export function serializationException(message: string): AwsError {
  return new AwsError("SerializationException", message);
}

/** S3's answer to XML that is malformed or lacks what its schema requires. */
export function malformedXml(): AwsError {
  return new AwsError(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );
}

/** A value of a query request that is not of its member's type. */
export function malformedInput(message: string): AwsError {
  return new AwsError("MalformedInput", message);
}

/** A query request whose form cannot be taken apart. */
export function malformedQueryString(message: string): AwsError {
  return new AwsError("MalformedQueryString", message, { status: 404 });
}

/** EC2's answer to a value that is not of its parameter's type. */
export function invalidParameterValue(value: string, parameter: string): AwsError {
  return new AwsError("InvalidParameterValue", `Invalid value '${value}' for ${parameter}`);
}

/** S3's answer to a header or query parameter that is not of its type. */
export function invalidArgument(name: string, value: string): AwsError {
  return new AwsError("InvalidArgument", `Provided ${name} not an integer or within integer range`, {
    members: { ArgumentName: name, ArgumentValue: value },
  });
}

/** S3's answer to a path that is not percent-encoded UTF-8. */
export function invalidUri(): AwsError {
  return new AwsError("InvalidURI", "Couldn't parse the specified URI.");
}
