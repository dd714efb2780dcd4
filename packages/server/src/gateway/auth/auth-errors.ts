import { AwsError, type Protocol } from "@clary/wire";

/** What was compared when a signature did not match; S3 shows it to help the author of a client. */
export interface SignatureComparison {
  readonly accessKeyId: string;
  readonly stringToSign: string;
  readonly provided: string;
  /** Absent for version 2. */
  readonly canonicalRequest?: string;
}

/** A moment further from ours than is allowed. */
export interface Skew {
  readonly signedAt: Date;
  readonly now: Date;
  readonly allowedMs: number;
}

/** How a family of services words a refused identity. */
export interface AuthErrors {
  /** There is no signature where one is needed. */
  readonly missing: () => AwsError;
  /** A signature that cannot be read, in the header or in a presigned address. `detail` is AWS's own sentence. */
  readonly malformed: (detail: string, presigned: boolean) => AwsError;
  /** A scope that names another service than the one that is called. */
  readonly wrongService: (expected: string) => AwsError;
  readonly unknownKey: (accessKeyId: string) => AwsError;
  /** A session token that is not the key's, missing, or given with a long-lived key. */
  readonly invalidToken: () => AwsError;
  readonly expiredToken: () => AwsError;
  readonly mismatch: (comparison: SignatureComparison) => AwsError;
  /** A signed header older or newer than the clock allows. */
  readonly skewed: (skew: Skew) => AwsError;
  /** A presigned address used too late. */
  readonly expired: (expiresAt: Date, now: Date) => AwsError;
  /** A presigned address used before its date. */
  readonly notYetValid: (signedAt: Date, now: Date) => AwsError;
}

const invalidTokenText = "The security token included in the request is invalid.";
const expiredTokenText = "The security token included in the request is expired";
const mismatchText =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

interface Codes {
  readonly missing: readonly [code: string, message: string];
  readonly malformed: string;
  readonly invalid: string;
  readonly expired: string;
  readonly mismatch: string;
}

function wordedBy(codes: Codes): AuthErrors {
  const refusal = (code: string, message: string): AwsError => new AwsError(code, message, { status: 403 });
  return {
    missing: () => refusal(...codes.missing),
    malformed: (detail) => refusal(codes.malformed, detail),
    wrongService: (expected) =>
      refusal(codes.mismatch, `Credential should be scoped to correct service: '${expected}'.`),
    unknownKey: () => refusal(codes.invalid, invalidTokenText),
    invalidToken: () => refusal(codes.invalid, invalidTokenText),
    expiredToken: () => refusal(codes.expired, expiredTokenText),
    mismatch: () => refusal(codes.mismatch, mismatchText),
    skewed: (skew) => refusal(codes.mismatch, skewText(skew)),
    expired: (expiresAt, now) =>
      refusal(codes.mismatch, `Signature expired: ${basicTime(expiresAt)} is now earlier than ${basicTime(now)}`),
    notYetValid: (signedAt, now) =>
      refusal(
        codes.mismatch,
        `Signature not yet current: ${basicTime(signedAt)} is still later than ${basicTime(now)}`,
      ),
  };
}

const json = wordedBy({
  missing: ["MissingAuthenticationTokenException", "Missing Authentication Token"],
  malformed: "IncompleteSignatureException",
  invalid: "UnrecognizedClientException",
  expired: "ExpiredTokenException",
  mismatch: "InvalidSignatureException",
});

const query = wordedBy({
  missing: ["MissingAuthenticationToken", "Request is missing Authentication Token"],
  malformed: "IncompleteSignature",
  invalid: "InvalidClientTokenId",
  expired: "ExpiredToken",
  mismatch: "SignatureDoesNotMatch",
});

const ec2Refusal = (): AwsError =>
  new AwsError("AuthFailure", "AWS was not able to validate the provided access credentials", { status: 401 });

const ec2: AuthErrors = {
  ...query,
  unknownKey: ec2Refusal,
  invalidToken: ec2Refusal,
  mismatch: ec2Refusal,
  expiredToken: () => new AwsError("RequestExpired", "Request has expired.", { status: 400 }),
};

const s3: AuthErrors = {
  // S3 never asks for a signature: a request without one is anonymous, and policies decide.
  missing: () => new AwsError("AccessDenied", "Access Denied", { status: 403 }),
  malformed: (detail, presigned) =>
    presigned
      ? new AwsError("AuthorizationQueryParametersError", detail)
      : new AwsError("AuthorizationHeaderMalformed", `The authorization header is malformed; ${detail}`),
  wrongService: (expected) =>
    new AwsError(
      "AuthorizationHeaderMalformed",
      `The authorization header is malformed; incorrect service. This endpoint belongs to "${expected}".`,
    ),
  unknownKey: (accessKeyId) =>
    new AwsError("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", {
      status: 403,
      members: { AWSAccessKeyId: accessKeyId },
    }),
  invalidToken: () => new AwsError("InvalidToken", "The provided token is malformed or otherwise invalid."),
  expiredToken: () => new AwsError("ExpiredToken", "The provided token has expired."),
  mismatch: (comparison) =>
    new AwsError(
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
      { status: 403, members: comparisonMembers(comparison) },
    ),
  skewed: ({ signedAt, now, allowedMs }) =>
    new AwsError("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", {
      status: 403,
      members: {
        RequestTime: basicTime(signedAt),
        ServerTime: wholeSeconds(now),
        MaxAllowedSkewMilliseconds: String(allowedMs),
      },
    }),
  expired: (expiresAt, now) =>
    new AwsError("AccessDenied", "Request has expired", {
      status: 403,
      members: { Expires: wholeSeconds(expiresAt), ServerTime: wholeSeconds(now) },
    }),
  notYetValid: () => new AwsError("AccessDenied", "Request is not valid yet", { status: 403 }),
};

/** The family's words for a request in `protocol`. */
export function authErrorsFor(protocol: Protocol): AuthErrors {
  switch (protocol) {
    case "restXml":
      return s3;
    case "awsQuery":
      return query;
    case "ec2Query":
      return ec2;
    case "awsJson1_0":
    case "awsJson1_1":
    case "restJson1":
    case "rpcv2Cbor":
      return json;
  }
}

function comparisonMembers(comparison: SignatureComparison): Readonly<Record<string, string>> {
  const { accessKeyId, stringToSign, provided, canonicalRequest } = comparison;
  return {
    AWSAccessKeyId: accessKeyId,
    StringToSign: stringToSign,
    SignatureProvided: provided,
    StringToSignBytes: spacedHex(stringToSign),
    ...(canonicalRequest === undefined
      ? {}
      : { CanonicalRequest: canonicalRequest, CanonicalRequestBytes: spacedHex(canonicalRequest) }),
  };
}

function spacedHex(text: string): string {
  return Buffer.from(text)
    .toString("hex")
    .replace(/(..)(?=.)/g, "$1 ");
}

function skewText({ signedAt, now, allowedMs }: Skew): string {
  const minutes = allowedMs / 60_000;
  if (signedAt < now) {
    const oldest = basicTime(new Date(now.getTime() - allowedMs));
    return `Signature expired: ${basicTime(signedAt)} is now earlier than ${oldest} (${basicTime(now)} - ${minutes} min.)`;
  }
  const newest = basicTime(new Date(now.getTime() + allowedMs));
  return `Signature not yet current: ${basicTime(signedAt)} is still later than ${newest} (${basicTime(now)} + ${minutes} min.)`;
}

/** `20150830T123600Z` */
function basicTime(time: Date): string {
  return time.toISOString().replace(/[-:]|\.\d+/g, "");
}

/** `2015-08-30T12:36:00Z` */
function wholeSeconds(time: Date): string {
  return time.toISOString().replace(/\.\d+/, "");
}
