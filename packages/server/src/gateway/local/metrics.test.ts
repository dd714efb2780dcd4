import { afterEach, describe, expect, it } from "vitest";
import { createMetrics } from "./metrics.ts";

const metrics = createMetrics();

afterEach(() => metrics.close());

describe("createMetrics", () => {
  it("counts and times requests by service, operation and status", async () => {
    const end = metrics.begin();
    metrics.observe({ service: "s3", operation: "PutObject", status: 200, seconds: 0.004 });
    metrics.observe({ service: "s3", operation: "PutObject", status: 200, seconds: 0.2 });
    metrics.observe({ service: "s3", operation: "PutObject", status: 403, seconds: 0.001 });

    const text = await metrics.text();

    expect(text).toContain('clary_requests_total{service="s3",operation="PutObject",status="200"} 2');
    expect(text).toContain('clary_requests_total{service="s3",operation="PutObject",status="403"} 1');
    expect(text).toContain('clary_request_duration_seconds_bucket{le="0.005",service="s3",operation="PutObject"} 2');
    expect(text).toContain("clary_requests_in_flight 1");
    end();
    expect(await metrics.text()).toContain("clary_requests_in_flight 0");
  });

  it("tells memory and the event loop's lag", async () => {
    const text = await metrics.text();

    expect(Number(/^process_resident_memory_bytes (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(1e6);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds [\d.e-]+$/m);
  });
});
