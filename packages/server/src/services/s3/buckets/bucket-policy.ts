import { parsePolicy } from "../../../platform/policy/parse-policy.ts";
import type { Policy } from "../../../platform/policy/policy.ts";
import { MalformedPolicyError } from "../../../platform/policy/malformed-policy-error.ts";
import { malformedPolicy } from "../errors.ts";
import { bucketArn } from "../shared/arns.ts";

/** The bucket setting that holds the policy's text. */
export const policySetting = "policy";

const maximumSize = 20 * 1024;

/** Actions on objects; all others are on the bucket. */
const objectAction =
  /^s3:(?:(?:get|put|delete|restore|replicate)object|abortmultipartupload|listmultipartuploadparts)/i;

/**
 * What S3 asks of a bucket policy beyond what every resource policy must be: `s3:` actions, on this bucket or its objects,
 * each on something it can be done to. @throws MalformedPolicy.
 */
export function checkBucketPolicy(text: string, bucket: string): void {
  if (Buffer.byteLength(text) > maximumSize) {
    throw malformedPolicy("Policy exceeds the maximum allowed document size.");
  }
  for (const statement of statementsOf(text)) {
    checkActions(listOf(statement["Action"] ?? statement["NotAction"]));
    checkResources(listOf(statement["Resource"] ?? statement["NotResource"]), bucket);
    checkFit(listOf(statement["Action"]), listOf(statement["Resource"]), bucket);
  }
}

type Statement = Readonly<Record<string, unknown>>;

function statementsOf(text: string): Statement[] {
  const document = readDocument(text);
  try {
    parsePolicy(text, "resource");
  } catch (error) {
    throw error instanceof MalformedPolicyError ? malformedPolicy(error.message) : error;
  }
  return (Array.isArray(document["Statement"]) ? document["Statement"] : [document["Statement"]]) as Statement[];
}

function readDocument(text: string): Record<string, unknown> {
  const notJson = malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
  if (!text.startsWith("{")) {
    throw notJson;
  }
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw notJson;
  }
}

/** The lists have been checked to hold strings. */
function listOf(value: unknown): string[] {
  return value === undefined ? [] : ([value].flat() as string[]);
}

function checkActions(actions: readonly string[]): void {
  if (actions.some((action) => action !== "*" && !/^s3:[a-z*?]+$/i.test(action))) {
    throw malformedPolicy("Policy has invalid action");
  }
}

function checkResources(resources: readonly string[], bucket: string): void {
  const own = bucketArn(bucket);
  if (resources.some((resource) => resource !== own && !resource.startsWith(`${own}/`))) {
    throw malformedPolicy("Policy has invalid resource");
  }
}

/** Only plain names are judged: a wildcard may well mean both kinds. */
function checkFit(actions: readonly string[], resources: readonly string[], bucket: string): void {
  const hasBucket = resources.includes(bucketArn(bucket));
  const hasObjects = resources.some((resource) => resource !== bucketArn(bucket));
  const misfit = actions
    .filter((action) => !/[*?]/.test(action))
    .some((action) => (objectAction.test(action) ? !hasObjects : !hasBucket));
  if (resources.length > 0 && misfit) {
    throw malformedPolicy("Action does not apply to any resource(s) in statement");
  }
}

/** Whether the policy lets everybody in, as GetBucketPolicyStatus tells: an Allow for all without a condition. */
export function isPublicPolicy(text: string): boolean {
  const policy: Policy = parsePolicy(text, "resource");
  return policy.statements.some(
    ({ effect, principals, conditions }) =>
      effect === "Allow" && principals?.everyone === true && !principals.negated && conditions.length === 0,
  );
}
