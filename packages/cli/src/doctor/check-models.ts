import { serviceModelCount } from "@clary/server";
import type { Finding } from "./finding.ts";

/** The descriptions of AWS's services come with the build; without them no request can be read. */
export async function checkModels(): Promise<Finding> {
  const count = await serviceModelCount();
  return count > 0
    ? { name: "service models", state: "ok", detail: `${count} services` }
    : {
        name: "service models",
        state: "problem",
        detail: "missing",
        remedy: "Run npm run build, or install the packages again.",
      };
}
