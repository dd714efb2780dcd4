import { describe, expect, it } from "vitest";
import type { Signature } from "./signature.ts";
import { signatureTimeProblem } from "./signature-time.ts";

const header: Signature = {
  accessKeyId: "AKIDEXAMPLE",
  date: "20261120",
  region: "us-east-1",
  service: "s3",
  scope: "20261120/us-east-1/s3/aws4_request",
  timestamp: "20261120T120000Z",
  signedHeaders: ["host"],
  signature: "0".repeat(64),
  presigned: false,
  expires: undefined,
  securityToken: undefined,
};

const at = (time: string): Date => new Date(`2026-11-20T${time}Z`);

describe("a signed header", () => {
  it("holds for a quarter of an hour to both sides", () => {
    expect(signatureTimeProblem(header, at("12:15:00"))).toBeUndefined();
    expect(signatureTimeProblem(header, at("11:45:00"))).toBeUndefined();
    const skewed = { kind: "skewed", signedAt: at("12:00:00"), allowedMs: 900_000 };
    expect(signatureTimeProblem(header, at("12:15:01"))).toEqual(skewed);
    expect(signatureTimeProblem(header, at("11:44:59"))).toEqual(skewed);
  });

  it("needs a date that it can be compared by", () => {
    expect(signatureTimeProblem({ ...header, timestamp: "yesterday" }, at("12:00:00"))).toEqual({
      kind: "malformed",
      detail: "Date must be in ISO-8601 'basic format'. Got 'yesterday'.",
    });
  });

  it("needs the scope to be of the same day", () => {
    expect(signatureTimeProblem({ ...header, date: "20261119" }, at("12:00:00"))).toEqual({
      kind: "malformed",
      detail:
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261119' != '20261120', from '20261120T120000Z'.",
    });
  });
});

describe("a presigned request", () => {
  const presigned: Signature = { ...header, presigned: true, expires: "60" };

  it("holds from its date until it expires", () => {
    expect(signatureTimeProblem(presigned, at("12:01:00"))).toBeUndefined();
    expect(signatureTimeProblem(presigned, at("12:01:01"))).toEqual({ kind: "expired", expiresAt: at("12:01:00") });
    expect(signatureTimeProblem(presigned, at("11:45:00"))).toBeUndefined();
    expect(signatureTimeProblem(presigned, at("11:44:59"))).toEqual({ kind: "notYetValid", signedAt: at("12:00:00") });
  });

  it.each([
    [undefined, "X-Amz-Expires should be a number"],
    ["soon", "X-Amz-Expires should be a number"],
    ["-1", "X-Amz-Expires must be non-negative"],
    [
      "604801",
      "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds",
    ],
  ])("with X-Amz-Expires %s", (expires, detail) => {
    expect(signatureTimeProblem({ ...presigned, expires }, at("12:00:00"))).toEqual({ kind: "malformed", detail });
  });

  it("may last a week", () => {
    expect(signatureTimeProblem({ ...presigned, expires: "604800" }, at("12:00:00"))).toBeUndefined();
  });
});
