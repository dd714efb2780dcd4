import { AwsError } from "@clary/wire";

export const rootMayNotAssume = (): AwsError =>
  new AwsError("AccessDenied", "Roles may not be assumed by root accounts.", { status: 403 });

export const sessionMayNotAsk = (): AwsError =>
  new AwsError("AccessDenied", "Cannot call GetSessionToken with session credentials", { status: 403 });

export const longerThanRoleAllows = (): AwsError =>
  new AwsError("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");

export const longerThanChainAllows = (): AwsError =>
  new AwsError(
    "ValidationError",
    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
  );

export const malformedPolicyDocument = (message: string): AwsError =>
  new AwsError("MalformedPolicyDocumentException", message);

export const wrongMfaCode = (): AwsError =>
  new AwsError("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ", {
    status: 403,
  });

/** What is recognised and not built; it answers instead of dropping what was asked for. */
export const notImplemented = (what: string): AwsError =>
  new AwsError("NotImplemented", `${what} is not implemented.`, { status: 501 });
