import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { CredentialTokens } from "../control/credential-tokens.ts";
import { writeClientFiles } from "../control/client-files.ts";
import type { Holds } from "../control/holds.ts";
import { identityPrincipals } from "../control/identity-principals.ts";
import { controlRoutes } from "../control/routes.ts";
import type { GatewayDeps } from "../gateway/deps.ts";
import { createGateway, type Gateway } from "../gateway/gateway.ts";
import { healthRoute } from "../gateway/local/health-route.ts";
import type { LocalRoute } from "../gateway/local/local-route.ts";
import { createMetrics } from "../gateway/local/metrics.ts";
import { metricsRoutes } from "../gateway/local/metrics-routes.ts";
import { createCertificateAuthority, type CertificateAuthority } from "../gateway/proxy/certificate-authority.ts";
import { createProxyTokens } from "../gateway/proxy/proxy-tokens.ts";
import type { UpstreamProxy } from "../gateway/proxy/upstream-proxy.ts";
import { openServiceModels } from "../gateway/service-models.ts";
import { createAccessLog } from "../platform/log/access-log.ts";
import { modelsDirectory } from "./models-directory.ts";
import { derivedKey, openWorld, type World, type WorldParts } from "./world.ts";

/** The gateway of the world that is current; an ephemeral server's `reset` replaces the world behind it. */
export interface OpenGateway extends Gateway {
  world(): World;
  endpoint(port: number): string;
}

export interface GatewayControls {
  readonly controlToken: string;
  readonly stop: () => void;
  readonly holds: Holds;
}

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

export async function openGateway(parts: WorldParts, first: World, controls: GatewayControls): Promise<OpenGateway> {
  const models = await openServiceModels(modelsDirectory);
  const metrics = createMetrics();
  const accessLog = createAccessLog(parts.log);
  const authority = once(async () =>
    createCertificateAuthority({ directory: await parts.directory.directory("certificates"), clock: parts.clock }),
  );
  const shared = { models, metrics, accessLog, authority };
  let current: { readonly world: World; readonly gateway: Gateway };
  let port = 0;

  const enter = (world: World): void => {
    const status = () => ({ ...describeServer(parts, world, port), users: controls.holds.count });
    const reset = parts.directory.ephemeral ? resetWorld : undefined;
    const routes = localRoutes(parts, world, { ...controls, ...shared, status, reset });
    current = { world, gateway: createGateway(gatewayDeps(parts, world, { ...shared, routes })) };
  };
  const resetWorld = async (): Promise<void> => {
    await current.world.close();
    await parts.directory.remove("state");
    await parts.directory.remove("workloads");
    const fresh = await openWorld(parts, current.world.account.kept);
    fresh.workloads.servedSessions.listening(endpointOf(parts, port));
    enter(fresh);
  };

  enter(first);
  return {
    handler: (request, response, options) => current.gateway.handler(request, response, options),
    connect: (incoming, serve) => current.gateway.connect(incoming, serve),
    cutTunnels: () => current.gateway.cutTunnels(),
    stop: () => current.gateway.stop(),
    world: () => current.world,
    endpoint(listening) {
      port = listening;
      const endpoint = endpointOf(parts, listening);
      current.world.workloads.servedSessions.listening(endpoint);
      return endpoint;
    },
  };
}

interface Shared extends Pick<GatewayDeps, "models" | "metrics" | "accessLog"> {
  readonly authority: () => Promise<CertificateAuthority>;
}

function gatewayDeps(parts: WorldParts, world: World, shared: Shared & Pick<GatewayDeps, "routes">): GatewayDeps {
  const { options, clock, ids, log } = parts;
  return {
    ...shared,
    services: world.services,
    credentials: world.identity.credentials,
    authoriser: world.identity.authoriser,
    clock,
    ids,
    log,
    home: { account: world.account.account, region: options.region },
    hosts: isLoopback(options.host) ? [] : undefined,
    proxy: {
      authority: shared.authority,
      tokens: proxyTokens(world),
      tunnels: isLoopback(options.host),
      upstream: upstreamProxy(options.environment),
    },
  };
}

interface LocalParts extends Shared, GatewayControls {
  readonly status: () => Readonly<Record<string, unknown>>;
  readonly reset: (() => Promise<void>) | undefined;
}

function localRoutes({ options, directory }: WorldParts, world: World, local: LocalParts): readonly LocalRoute[] {
  const clientFiles = once(async () => {
    const authority = await local.authority();
    return writeClientFiles((name) => directory.file(name), authority.caCertificatePem);
  });
  return [
    healthRoute({ version, problems: () => [] }),
    ...metricsRoutes(local.metrics),
    world.workloads.servedSessions.route(),
    ...controlRoutes({
      access: { token: local.controlToken, open: directory.ephemeral },
      principals: identityPrincipals(world.identity, world.account.executionRoleArn),
      credentialTokens: new CredentialTokens(derivedKey(world.account, "credentials")),
      proxyTokens: proxyTokens(world),
      newProgramName: () => `clary-${randomUUID().slice(0, 8)}`,
      status: local.status,
      clientFiles,
      region: options.region,
      stop: local.stop,
      holds: local.holds,
      ...(local.reset === undefined ? {} : { reset: local.reset }),
    }),
  ];
}

function describeServer(
  { options, directory }: WorldParts,
  { account, workloads }: World,
  port: number,
): Record<string, unknown> {
  return {
    pid: process.pid,
    version,
    endpoint: `http://${isLoopback(options.host) ? "127.0.0.1" : options.host}:${port}`,
    accountId: account.account,
    region: options.region,
    executionRoleArn: account.executionRoleArn,
    dataDirectory: directory.path,
    ephemeral: directory.ephemeral,
    untilUnused: options.untilUnused === true,
    isolation: workloads.compute.isolation,
  };
}

function endpointOf({ options }: WorldParts, port: number): string {
  const host = isLoopback(options.host) || options.host === "0.0.0.0" ? "127.0.0.1" : options.host;
  return `http://${host}:${port}`;
}

function proxyTokens(world: World): ReturnType<typeof createProxyTokens> {
  return createProxyTokens(derivedKey(world.account, "proxy"));
}

function upstreamProxy(environment: Readonly<Record<string, string | undefined>>): UpstreamProxy {
  const read = (name: string): string | undefined => environment[name.toLowerCase()] || environment[name] || undefined;
  const [https, http] = [read("HTTPS_PROXY"), read("HTTP_PROXY")];
  return {
    ...(https === undefined ? {} : { https: new URL(https) }),
    ...(http === undefined ? {} : { http: new URL(http) }),
    noProxy: (read("NO_PROXY") ?? "").split(",").filter((entry) => entry.trim() !== ""),
  };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

/** Runs a task at the first call and gives every later one the same result. */
function once<T>(task: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= task());
}
