import type { LocalRoute } from "./local-route.ts";
import type { Metrics } from "./metrics.ts";

/** The same numbers at our own address and where Prometheus looks by default. */
export function metricsRoutes(metrics: Metrics): readonly LocalRoute[] {
  return ["/_clary/metrics", "/metrics"].map((path) => ({
    method: "GET",
    path,
    async handle() {
      return { status: 200, contentType: metrics.contentType, body: await metrics.text() };
    },
  }));
}
