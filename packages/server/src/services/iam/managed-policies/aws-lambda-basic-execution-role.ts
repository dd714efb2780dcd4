import type { PolicyDocument } from "./policy-document.ts";

export const awsLambdaBasicExecutionRole: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*" },
  ],
};
