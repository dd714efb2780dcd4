/** What a call of an AWS client failed with, as its caller sees it. */
export async function failureOf(call: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata, ...members } = error as Error & { $metadata?: { httpStatusCode?: number } };
    return { ...members, code: name, message, status: $metadata?.httpStatusCode };
  }
  throw new Error("the call succeeded");
}
