import type { PolicyDocument } from "./policy-document.ts";

export const amazonS3FullAccess: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["s3:*", "s3-object-lambda:*"], Resource: "*" }],
};
