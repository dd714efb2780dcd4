import { jsonResponse, type LocalRoute } from "../gateway/local/local-route.ts";
import type { ProxyTokens } from "../gateway/proxy/proxy-tokens.ts";
import { controlled, type ControlAccess } from "./control-access.ts";
import type { Holds } from "./holds.ts";
import type { CredentialTokens } from "./credential-tokens.ts";
import type { Principals } from "./principal.ts";

export interface ControlDeps {
  readonly access: ControlAccess;
  readonly principals: Principals;
  readonly credentialTokens: CredentialTokens;
  readonly proxyTokens: ProxyTokens;
  /** A name that no other program has, for the proxy token. */
  readonly newProgramName: () => string;
  /** What `clary status` shows. */
  readonly status: () => Readonly<Record<string, unknown>>;
  /** Paths of the certificate bundle and of the empty file; made at the first exec. */
  readonly clientFiles: () => Promise<{ readonly caBundle: string; readonly emptyFile: string }>;
  readonly region: string;
  readonly stop: () => void;
  readonly holds: Holds;
  /** Absent on servers that keep their state. */
  readonly reset?: () => Promise<void>;
}

/** The server's own addresses, below `/_clary/`. */
export function controlRoutes(deps: ControlDeps): readonly LocalRoute[] {
  const routes = [statusRoute(deps), stopRoute(deps), resetRoute(deps), execRoute(deps), deps.holds.route()];
  return [...routes.map((route) => controlled(deps.access, route)), credentialsRoute(deps)];
}

function statusRoute({ status }: ControlDeps): LocalRoute {
  return { method: "GET", path: "/_clary/status", handle: () => jsonResponse(200, status()) };
}

function stopRoute({ stop }: ControlDeps): LocalRoute {
  return {
    method: "POST",
    path: "/_clary/stop",
    handle() {
      stop();
      return jsonResponse(202, { stopping: true });
    },
  };
}

function resetRoute({ reset }: ControlDeps): LocalRoute {
  return {
    method: "POST",
    path: "/_clary/reset",
    async handle() {
      if (reset === undefined) {
        return jsonResponse(409, {
          message: "Only a server that was started with --ephemeral can be reset while it runs.",
        });
      }
      await reset();
      return jsonResponse(200, { reset: true });
    },
  };
}

/** Opens one program's session; the answer is all that its environment is made of. */
function execRoute(deps: ControlDeps): LocalRoute {
  return {
    method: "POST",
    path: "/_clary/exec",
    async handle(request) {
      const asked = readExecRequest((await request.body()).toString("utf8"));
      if (asked === undefined) {
        return jsonResponse(400, { message: 'The body must be a JSON object such as {"as": "role"}.' });
      }
      const { as: principal = "role", region = deps.region } = asked;
      if (deps.principals.credentials(principal) === undefined) {
        return jsonResponse(404, {
          message: `There is no user ${principal} in this account; --as takes role, root or a user's name.`,
        });
      }
      return jsonResponse(200, {
        credentialsPath: "/_clary/credentials",
        credentialsToken: deps.credentialTokens.issue(principal),
        proxy: deps.proxyTokens.issue(deps.newProgramName()),
        region,
        ...(await deps.clientFiles()),
      });
    },
  };
}

interface ExecRequest {
  readonly as?: string;
  readonly region?: string;
}

/** Undefined for anything but an object with text members. */
function readExecRequest(text: string): ExecRequest | undefined {
  try {
    const value: unknown = JSON.parse(text === "" ? "{}" : text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject && Object.values(value).every((member) => typeof member === "string") ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What `AWS_CONTAINER_CREDENTIALS_FULL_URI` names. */
function credentialsRoute({ principals, credentialTokens }: ControlDeps): LocalRoute {
  return {
    method: "GET",
    path: "/_clary/credentials",
    handle({ headers }) {
      const principal = credentialTokens.principalOf(headers["authorization"] ?? "");
      const credentials = principal === undefined ? undefined : principals.credentials(principal);
      return credentials === undefined
        ? jsonResponse(403, { message: "The token is not valid." })
        : jsonResponse(200, credentials);
    },
  };
}
