/** A policy document that cannot be used; `message` is what AWS says about it. */
export class MalformedPolicyError extends Error {
  override readonly name = "MalformedPolicyError";
}
