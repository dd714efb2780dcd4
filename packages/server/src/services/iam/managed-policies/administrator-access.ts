import type { PolicyDocument } from "./policy-document.ts";

export const administratorAccess: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};
