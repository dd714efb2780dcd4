export const amazonS3FullAccess = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["s3:*", "s3-object-lambda:*"], Resource: "*" }],
};
