import { MalformedPolicyError } from "./malformed-policy-error.ts";
import { readStatement } from "./read-statement.ts";
import { findDuplicateKey } from "./strict-json.ts";
import type { Policy, PolicyKind } from "./policy.ts";

const documentElements = new Set(["Version", "Id", "Statement"]);
const versions = new Set(["2008-10-17", "2012-10-17"]);

function readJson(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new MalformedPolicyError("This policy contains invalid Json", { cause: error });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new MalformedPolicyError("Syntax errors in policy.");
  }
  if (findDuplicateKey(text) !== undefined) {
    throw new MalformedPolicyError("Syntax errors in policy.");
  }
  return value as Record<string, unknown>;
}

/** `2008-10-17` when the document names none, as IAM takes it; variables are plain text then. */
function readVersion(document: Record<string, unknown>): string {
  const version = document["Version"] ?? "2008-10-17";
  if (typeof version !== "string" || !versions.has(version)) {
    throw new MalformedPolicyError("Syntax errors in policy.");
  }
  return version;
}

/**
 * Reads and compiles a policy document.
 * @throws MalformedPolicyError with AWS's words for the first thing that is wrong.
 */
export function parsePolicy(text: string, kind: PolicyKind = "any"): Policy {
  const document = readJson(text);
  const unknown = Object.keys(document).find((key) => !documentElements.has(key));
  if (unknown !== undefined) {
    throw new MalformedPolicyError(`Unknown field ${unknown}`);
  }
  const variables = readVersion(document) === "2012-10-17";
  const given = document["Statement"];
  const statements: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (given === undefined || statements.length === 0) {
    throw new MalformedPolicyError("Syntax errors in policy.");
  }
  const read = statements.map((statement) => readStatement(statement, kind, variables));
  const sids = read.flatMap(({ sid }) => (sid === undefined || sid === "" ? [] : [sid]));
  if (new Set(sids).size < sids.length) {
    throw new MalformedPolicyError("Statement IDs (SID) in a single policy must be unique.");
  }
  return { statements: read };
}
