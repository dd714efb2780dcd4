import { pino } from "pino";
import { manualClock, type ManualClock } from "../../platform/clock/manual-clock.ts";
import { randomIds } from "../../platform/ids/random-ids.ts";
import type { AccessLogEntry } from "../../platform/log/access-log.ts";
import type { AuthorisationRequest, Credential } from "../../services/access.ts";
import { createGateway } from "../gateway.ts";
import { listen, type Listener } from "../listen.ts";
import { createMetrics } from "../local/metrics.ts";
import { metricsRoutes } from "../local/metrics-routes.ts";
import { createProxyTokens } from "../proxy/proxy-tokens.ts";
import { openServiceModels } from "../service-models.ts";
import { toyServices } from "./toy-services.ts";

export const account = "123456789012";
export const accessKeyId = "AKIAIOSFODNN7EXAMPLE";
export const secretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

export const rootCredential: Credential = {
  secretAccessKey,
  active: true,
  caller: { type: "root", account, arn: `arn:aws:iam::${account}:root`, userId: account },
};

/** A gateway with toy services on a real port. */
export interface TestGateway extends Listener {
  readonly origin: string;
  readonly clock: ManualClock;
  /** By access key id; tests add to it. */
  readonly credentials: Map<string, Credential>;
  /** Every decision that was asked for. */
  readonly decisions: AuthorisationRequest[];
  /** Throws to deny; set by tests. */
  deny: ((request: AuthorisationRequest) => void) | undefined;
  readonly accessLog: AccessLogEntry[];
  readonly serverLog: string[];
}

const modelsDirectory = new URL("../../../models", import.meta.url).pathname;

/** Clients of AWS sign with the real time, so the clock starts there. */
export async function startTestGateway(): Promise<TestGateway> {
  const clock = manualClock(new Date());
  const credentials = new Map([[accessKeyId, rootCredential]]);
  const decisions: AuthorisationRequest[] = [];
  const accessLog: AccessLogEntry[] = [];
  const serverLog: string[] = [];
  const metrics = createMetrics();
  const state: { deny: TestGateway["deny"] } = { deny: undefined };
  const gateway = createGateway({
    models: await openServiceModels(modelsDirectory),
    services: toyServices(),
    credentials: { find: (id) => credentials.get(id) },
    authoriser: {
      authorise(request) {
        decisions.push(request);
        state.deny?.(request);
      },
    },
    clock,
    ids: randomIds(),
    log: pino({ level: "error" }, { write: (line) => serverLog.push(line) }),
    accessLog: { write: (entry) => accessLog.push(entry) },
    metrics,
    home: { account, region: "us-east-1" },
    routes: metricsRoutes(metrics),
    proxy: {
      authority: () => Promise.reject(new Error("not in these tests")),
      tokens: createProxyTokens(Buffer.alloc(32, 1)),
      tunnels: true,
    },
  });
  const listener = await listen(gateway, { host: "127.0.0.1", port: 0, clock });
  return Object.assign(state, {
    ...listener,
    origin: `http://127.0.0.1:${listener.port}`,
    clock,
    credentials,
    decisions,
    accessLog,
    serverLog,
    close: async () => {
      metrics.close();
      await listener.close();
    },
  });
}
