import type { Protocol } from "@clary/wire";
import { describe, expect, it } from "vitest";
import { authErrorsFor } from "./auth-errors.ts";

const now = new Date("2026-11-20T06:00:00Z");
const skew = (signedAt: string) => ({ signedAt: new Date(signedAt), now, allowedMs: 900_000 });
const comparison = { accessKeyId: "AKID", stringToSign: "AB", provided: "ff", canonicalRequest: "C" };

const codes: readonly (readonly [Protocol, Readonly<Record<string, string>>])[] = [
  [
    "awsJson1_1",
    {
      missing: "MissingAuthenticationTokenException",
      unknownKey: "UnrecognizedClientException",
      expiredToken: "ExpiredTokenException",
      mismatch: "InvalidSignatureException",
    },
  ],
  [
    "awsQuery",
    {
      missing: "MissingAuthenticationToken",
      unknownKey: "InvalidClientTokenId",
      expiredToken: "ExpiredToken",
      mismatch: "SignatureDoesNotMatch",
    },
  ],
  [
    "restXml",
    {
      missing: "AccessDenied",
      unknownKey: "InvalidAccessKeyId",
      expiredToken: "ExpiredToken",
      mismatch: "SignatureDoesNotMatch",
    },
  ],
];

describe("authErrorsFor", () => {
  it.each(codes)("spells the codes of %s", (protocol, expected) => {
    const errors = authErrorsFor(protocol);

    expect({
      missing: errors.missing().code,
      unknownKey: errors.unknownKey("AKID").code,
      expiredToken: errors.expiredToken().code,
      mismatch: errors.mismatch(comparison).code,
    }).toEqual(expected);
  });

  it("words a skewed clock as AWS does", () => {
    const { skewed } = authErrorsFor("awsJson1_1");

    expect(skewed(skew("2026-11-20T05:44:59Z")).message).toBe(
      "Signature expired: 20261120T054459Z is now earlier than 20261120T054500Z (20261120T060000Z - 15 min.)",
    );
    expect(skewed(skew("2026-11-20T06:15:01Z")).message).toBe(
      "Signature not yet current: 20261120T061501Z is still later than 20261120T061500Z (20261120T060000Z + 15 min.)",
    );
  });

  it("tells S3's clients what was compared and when", () => {
    const { mismatch, skewed, expired } = authErrorsFor("restXml");

    expect(mismatch(comparison)).toMatchObject({
      message:
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
      status: 403,
      members: {
        AWSAccessKeyId: "AKID",
        StringToSign: "AB",
        SignatureProvided: "ff",
        StringToSignBytes: "41 42",
        CanonicalRequest: "C",
        CanonicalRequestBytes: "43",
      },
    });
    expect(skewed(skew("2026-11-20T05:00:00Z"))).toMatchObject({
      code: "RequestTimeTooSkewed",
      members: {
        RequestTime: "20261120T050000Z",
        ServerTime: "2026-11-20T06:00:00Z",
        MaxAllowedSkewMilliseconds: "900000",
      },
    });
    expect(expired(new Date("2026-11-20T05:00:00Z"), now)).toMatchObject({
      code: "AccessDenied",
      message: "Request has expired",
      members: { Expires: "2026-11-20T05:00:00Z", ServerTime: "2026-11-20T06:00:00Z" },
    });
  });
});
