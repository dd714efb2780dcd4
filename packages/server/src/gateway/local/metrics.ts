import { monitorEventLoopDelay, type IntervalHistogram } from "node:perf_hooks";
import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** One answered request, as the metrics see it. */
export interface ObservedRequest {
  readonly service: string;
  readonly operation: string;
  readonly status: number;
  readonly seconds: number;
}

/** The server's own numbers, for Prometheus. */
export interface Metrics {
  /** A request has come; call the answer when it is over. */
  begin(): () => void;
  observe(request: ObservedRequest): void;
  /** The text exposition format, version 0.0.4. */
  text(): Promise<string>;
  readonly contentType: string;
  /** For the gauges of other parts (jobs, hosts …). */
  readonly registry: Registry;
  close(): void;
}

/** From a quarter of a millisecond, where single predictions lie, to a minute, where the longest invocations end. */
const latencyBuckets = [0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const labelNames = ["service", "operation"] as const;
  const requests = new Counter({
    name: "clary_requests_total",
    help: "Requests answered.",
    labelNames: [...labelNames, "status"] as const,
    registers,
  });
  const latency = new Histogram({
    name: "clary_request_duration_seconds",
    help: "Time from the request's head to the end of its answer.",
    labelNames,
    buckets: latencyBuckets,
    registers,
  });
  const inFlight = new Gauge({ name: "clary_requests_in_flight", help: "Requests being answered now.", registers });
  const lag = monitorEventLoopDelay({ resolution: 20 });
  lag.enable();
  addProcessGauges(registers, lag);
  const children = childrenByLabels(requests, latency);
  let current = 0;

  return {
    registry,
    contentType: registry.contentType,
    begin() {
      inFlight.set((current += 1));
      return () => inFlight.set((current -= 1));
    },
    observe({ service, operation, status, seconds }) {
      const child = children(service, operation, status);
      child.requests.inc();
      child.latency.observe(seconds);
    },
    text: () => registry.metrics(),
    close: () => void lag.disable(),
  };
}

interface Children {
  readonly requests: Counter.Internal;
  readonly latency: Histogram.Internal<string>;
}

/** Looking labels up in the library costs more than counting; the label sets are few, for names come from the models. */
function childrenByLabels(
  requests: Counter<"service" | "operation" | "status">,
  latency: Histogram<"service" | "operation">,
): (service: string, operation: string, status: number) => Children {
  const known = new Map<string, Children>();
  return (service, operation, status) => {
    const key = `${service} ${operation} ${status}`;
    let children = known.get(key);
    if (children === undefined) {
      children = {
        requests: requests.labels({ service, operation, status }),
        latency: latency.labels({ service, operation }),
      };
      known.set(key, children);
    }
    return children;
  };
}

function addProcessGauges(registers: Registry[], lag: IntervalHistogram): void {
  gauge("process_resident_memory_bytes", "Resident memory of the server process.", () => process.memoryUsage.rss());
  gauge("nodejs_heap_size_used_bytes", "JavaScript heap in use.", () => process.memoryUsage().heapUsed);
  gauge("process_start_time_seconds", "When the process started.", () => performance.timeOrigin / 1000);
  gauge("nodejs_eventloop_lag_p99_seconds", "99th percentile of the event loop's delay since the last reading.", () => {
    const seconds = lag.percentile(99) / 1e9;
    lag.reset();
    return seconds;
  });

  function gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  }
}
