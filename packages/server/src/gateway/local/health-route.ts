import { jsonResponse, type LocalRoute } from "./local-route.ts";

export interface Health {
  readonly version: string;
  /** What is not as it should be, in a sentence each; empty when all is well. */
  problems(): readonly string[];
}

/** `GET /_clary/health`: 200 while the server can do its work, 503 with the problems otherwise. */
export function healthRoute(health: Health): LocalRoute {
  return {
    method: "GET",
    path: "/_clary/health",
    handle() {
      const problems = health.problems();
      const status = problems.length === 0 ? "ok" : "degraded";
      return jsonResponse(problems.length === 0 ? 200 : 503, { status, version: health.version, problems });
    },
  };
}
