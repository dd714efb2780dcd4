import { describe, expect, it } from "vitest";
import { constraintError } from "./constraint-error.ts";

const wrong = { value: "x", constraint: "Member must satisfy enum value set: [a]", missing: false };
const absent = { value: undefined, constraint: "Member must not be null", missing: true };

describe("constraintError", () => {
  it.each([
    [{ ...wrong, path: "storageClass" }, undefined],
    [{ ...wrong, path: "createBucketConfiguration.locationConstraint" }, undefined],
    [{ ...wrong, path: "objectAttributes.1.member" }, undefined],
    [
      { ...wrong, path: "checksumMode" },
      { code: "InvalidArgument", message: "Invalid Argument" },
    ],
    [
      { ...absent, path: "tagging" },
      { code: "MissingRequestBodyError", message: "Request Body is empty" },
    ],
    [
      { ...absent, path: "uploadId" },
      { code: "MethodNotAllowed", message: "The specified method is not allowed against this resource." },
    ],
    [
      { ...absent, path: "delete.objects.1.member.key" },
      {
        code: "MalformedXML",
        message: "The XML you provided was not well-formed or did not validate against our published schema",
      },
    ],
  ])("%j", (violation, expected) => {
    const error = constraintError([violation]);
    expect(error && { code: error.code, message: error.message }).toEqual(expected);
  });

  it("passes over what operations check, not what stands beside it", () => {
    const violations = [
      { ...wrong, path: "storageClass" },
      { ...wrong, path: "requestPayer" },
    ];
    expect(constraintError(violations)?.members).toEqual({ ArgumentName: "requestPayer", ArgumentValue: "x" });
  });
});
