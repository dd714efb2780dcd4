import type { Identified } from "../exchange.ts";

/** A REST operation that AWS documents and its model lacks; named, so that callers hear what is missing and not "wrong method". */
export function unmodelledOperation({ service, head }: Pick<Identified, "service" | "head">): string | undefined {
  const isForm = head.headers["content-type"]?.startsWith("multipart/form-data") === true;
  return service.id === "s3" && head.method === "POST" && isForm ? "PostObject" : undefined;
}
